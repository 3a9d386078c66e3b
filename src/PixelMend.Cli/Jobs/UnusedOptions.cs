using PixelMend.Formats;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Ser;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>What the command line says about its files that one of them has no use for: among files of many sorts that is no mistake, but it is told.</summary>
internal static class UnusedOptions
{
    /// <summary>Notes on a file, in words.</summary>
    /// <param name="reading">What the command line says.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="frame">What was read from it.</param>
    public static IEnumerable<string> Notes(ReadOptions reading, FrameFormat format, RawFrame frame)
    {
        if (reading is { Raw: null, Cfa: { } cfa } && !cfa.Equals(frame.Cfa))
        {
            yield return $"the file's own mosaic counts, --cfa {cfa} does not";
        }

        if (reading.Hdu is { } hdu && format is not FitsFormat)
        {
            yield return $"--hdu {hdu} is for FITS files";
        }

        if (reading.BigEndian is { } bigEndian && format is not SerFormat)
        {
            yield return $"--endian {(bigEndian ? "big" : "little")} is for SER video";
        }
    }
}
