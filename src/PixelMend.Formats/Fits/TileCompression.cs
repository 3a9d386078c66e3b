using System.Runtime.InteropServices;
using System.Text;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// Images compressed in tiles (FITS standard 4.0, section 10), through cfitsio. Each is handed over alone, behind an empty primary unit, so that
/// the rest of the file does not matter; samples travel as stored, unscaled.
/// </summary>
internal static unsafe class TileCompression
{
    private const int FirstExtension = 2;

    /// <summary>The image as a plain extension of the same number.</summary>
    /// <exception cref="RawDataException">It cannot be read, is beyond the limits, or cfitsio is not installed.</exception>
    public static FitsUnit Expand(FitsUnit unit, ReadLimits limits)
    {
        TileHeader.Check(unit, limits);
        TileTable.Check(unit);
        Cfitsio.Require();
        byte[] header = TileHeader.ToPlain(unit.File.Span, unit.Header);
        long[] lengths = TileHeader.Lengths(unit.Header);
        int bitPix = (int)unit.Header.Whole("ZBITPIX");
        long bytes = lengths.Aggregate((long)Math.Abs(bitPix) / 8, (product, length) => product * length);
        long padding = (FitsHeader.BlockBytes - (bytes % FitsHeader.BlockBytes)) % FitsHeader.BlockBytes;
        var plain = new byte[header.Length + bytes + padding];
        header.CopyTo(plain, 0);
        ReadSamples(TileHeader.Canonical(unit), bitPix, plain.AsSpan(header.Length, (int)bytes));
        return FitsUnit.ReadAt(plain, 0, unit.Number);
    }

    /// <summary>The compressed unit with some samples changed; null where coding them again would change others too, as lossy codings do.</summary>
    /// <param name="unit">The unit as it stands in the file.</param>
    /// <param name="patched">The plain unit with the changes made.</param>
    /// <param name="edits">The changes.</param>
    public static byte[]? Patch(FitsUnit unit, byte[] patched, IReadOnlyList<FitsEdit> edits)
    {
        FitsUnit plain = FitsUnit.ReadAt(patched, 0, unit.Number);
        ReadOnlySpan<byte> samples = patched.AsSpan(plain.Header.End, (int)plain.DataBytes);
        FitsUnit rewritten = WriteSamples(TileHeader.Canonical(unit), samples, edits);
        var again = new byte[samples.Length];
        ReadSamples(rewritten.Bytes.Span, edits[0].Image.Samples.BitPix, again);
        return again.AsSpan().SequenceEqual(samples) ? TileHeader.Restore(unit, rewritten) : null;
    }

    /// <summary>All samples of a compressed unit, big-endian as a plain one has them.</summary>
    private static void ReadSamples(ReadOnlySpan<byte> unit, int bitPix, Span<byte> samples)
    {
        lock (Cfitsio.Gate)
        {
            using CfitsioFile file = OpenAlone(unit, Cfitsio.ReadOnly);
            int status = 0;
            int size = Math.Abs(bitPix) / 8;
            // Integers keep their BLANK; where floats are missing, cfitsio has another mark until it is told.
            double missing = double.NaN;
            float missingSingle = float.NaN;
            void* mark =
                bitPix == -64 ? &missing
                : bitPix == -32 ? &missingSingle
                : null;
            Cfitsio.SetScale(file.Handle, 1, 0, ref status);
            fixed (byte* target = samples)
            {
                Cfitsio.ReadSamples(file.Handle, TypeOf(bitPix), 1, samples.Length / size, mark, target, out _, ref status);
            }

            Cfitsio.Check(status);
            Reverse(samples, size);
        }
    }

    private static FitsUnit WriteSamples(ReadOnlySpan<byte> unit, ReadOnlySpan<byte> samples, IReadOnlyList<FitsEdit> edits)
    {
        lock (Cfitsio.Gate)
        {
            using CfitsioFile file = OpenAlone(unit, Cfitsio.ReadWrite);
            int status = 0;
            Cfitsio.SetScale(file.Handle, 1, 0, ref status);
            foreach ((FitsImage image, IReadOnlyList<SampleChange> changes) in edits)
            {
                foreach (SampleChange change in changes)
                {
                    int at = image.RowStart(change.Y) - image.Header.End + (change.X * image.Samples.Bytes);
                    WriteSample(file, image, change, samples.Slice(at, image.Samples.Bytes), ref status);
                }
            }

            Cfitsio.Check(status);
            byte[] all = file.Finish();
            return FitsUnit.ReadAt(all, FitsHeader.BlockBytes, number: 1);
        }
    }

    private static void WriteSample(CfitsioFile file, FitsImage image, SampleChange change, ReadOnlySpan<byte> sample, ref int status)
    {
        Span<byte> native = stackalloc byte[sizeof(long)];
        sample.CopyTo(native);
        Reverse(native[..sample.Length], sample.Length);
        CLong* place = stackalloc CLong[] { new(change.X + 1), new(change.Y + 1), new(image.Plane + 1) };
        fixed (byte* bits = native)
        {
            Cfitsio.WriteSamples(file.Handle, TypeOf(image.Samples.BitPix), place, 1, bits, ref status);
        }
    }

    /// <summary>From this machine's byte order to the file's, and back.</summary>
    private static void Reverse(Span<byte> samples, int size)
    {
        for (int at = 0; BitConverter.IsLittleEndian && at < samples.Length; at += size)
        {
            samples.Slice(at, size).Reverse();
        }
    }

    /// <summary>cfitsio's numbers for the types of C.</summary>
    private static int TypeOf(int bitPix) =>
        bitPix switch
        {
            8 => 11,
            16 => 21,
            32 => 31,
            64 => 81,
            -32 => 42,
            _ => 82,
        };

    private static CfitsioFile OpenAlone(ReadOnlySpan<byte> unit, int mode)
    {
        string[] cards = ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0", "END"];
        string primary = string.Concat(cards.Select(card => card.PadRight(FitsHeader.CardBytes))).PadRight(FitsHeader.BlockBytes);
        var padding = new byte[(FitsHeader.BlockBytes - (unit.Length % FitsHeader.BlockBytes)) % FitsHeader.BlockBytes];
        var file = new CfitsioFile([.. Encoding.ASCII.GetBytes(primary), .. unit, .. padding], mode);
        int status = 0;
        Cfitsio.MoveTo(file.Handle, FirstExtension, out _, ref status);
        if (status != 0)
        {
            file.Dispose();
            Cfitsio.Check(status);
        }

        return file;
    }
}
