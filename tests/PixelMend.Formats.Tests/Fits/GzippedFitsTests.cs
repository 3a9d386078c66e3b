using System.IO.Compression;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>FITS packed by gzip is FITS.</summary>
public class GzippedFitsTests
{
    private static readonly GzippedFits Format = new();
    private static readonly byte[] Plain = FitsFile.Make(8, 3, 2, [1, 2, 3, 4, 5, 6], "OBJECT  = 'M 31    '");

    [Fact]
    public void A_repair_changes_what_it_changes_in_the_plain_file()
    {
        byte[] packed = Packed(Plain);
        RawFrame frame = Format.Read(packed, ReadOptions.Default);
        Assert.Equal(new FitsFormat().Read(Plain, ReadOptions.Default).Codes!.Samples, frame.Codes!.Samples);
        SampleChange[] changes = [new(1, 1, 5, 9, 1)];
        byte[] expected = Files.Made(s => new FitsFormat().Rewrite(Plain, frame, changes, ReadOptions.Default, s));
        Assert.Equal(expected, Unpacked(Files.Made(s => Format.Rewrite(packed, frame, changes, ReadOptions.Default, s))));
        Assert.Equal(packed, Files.Made(s => Format.Rewrite(packed, frame, [], ReadOptions.Default, s)));
    }

    /// <summary>Files that were packed piece by piece, as gzip allows.</summary>
    [Fact]
    public void Several_members_are_one_file()
    {
        byte[] packed = [.. Packed(Plain[..1000]), .. Packed(Plain[1000..])];
        Assert.Equal([1, 2, 3, 4, 5, 6], Format.Read(packed, ReadOptions.Default).Codes!.Samples);
    }

    [Fact]
    public void It_is_known_by_what_it_holds()
    {
        Assert.Equal(Format.Name, FormatSet.FrameFormatFor(Packed(Plain), "night", ReadOptions.Default).Name);
        Assert.Throws<RawDataException>(() => FormatSet.FrameFormatFor(Packed([1, 2, 3]), "night.fits.gz", ReadOptions.Default));
        Assert.Equal(Format.Name, FormatSet.FrameFormatForWriting("night.FITS.gz").Name);
    }

    /// <summary>A small file that unpacks to a large one stops at the limit, not at the end of memory.</summary>
    [Fact]
    public void What_comes_out_is_limited()
    {
        byte[] bomb = Packed([.. Plain, .. new byte[1 << 20]]);
        var options = new ReadOptions { Limits = new ReadLimits { MaxFileBytes = 1 << 16 } };
        Assert.InRange(bomb.Length, 1, 1 << 14);
        Assert.Equal(RawDataError.LimitExceeded, Assert.Throws<RawDataException>(() => Format.Read(bomb, options)).Error);
    }

    [Fact]
    public void Images_of_several_are_packed_together()
    {
        byte[] file = [.. Plain, .. FitsFile.Extension(8, 3, 2, [6, 5, 4, 3, 2, 1], "EXTNAME = 'B       '")];
        var options = new ReadOptions { Hdu = "all" };
        SampleChange[][] changes =
        [
            [new(0, 0, 1, 7, 1)],
            [new(2, 1, 1, 8, 1)],
        ];
        Assert.Equal(Rewritten(new FitsFormat(), file), Unpacked(Rewritten(Format, Packed(file))));

        byte[] Rewritten(FrameFormat format, byte[] original) =>
            Files.Made(output =>
            {
                using FrameSequence frames = format.OpenSequence(new MemoryStream(original), options)!;
                Assert.Equal(2, frames.Count);
                for (int i = 0; frames.Next() is not null; i++)
                {
                    frames.Write(changes[i], record: null, output);
                }

                frames.Finish(output);
            });
    }

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
