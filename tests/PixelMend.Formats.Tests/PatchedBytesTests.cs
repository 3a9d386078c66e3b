using CsCheck;
using Xunit;

namespace PixelMend.Formats.Tests;

public class PatchedBytesTests
{
    /// <summary>Whatever is written in whatever order, across pages and up to the very end, reads and leaves as in a plain array.</summary>
    [Fact]
    public void Reads_and_writes_like_an_array() =>
        Gen.Select(Gen.Byte.Array[1, 2000], Gen.Select(Gen.Int[0, 2000], Gen.Byte.Array[0, 700]).Array[0, 8])
            .Sample(
                (original, writes) =>
                {
                    byte[] untouched = [.. original];
                    byte[] expected = [.. original];
                    var patched = new PatchedBytes(original);
                    foreach ((int place, byte[] bytes) in writes)
                    {
                        int offset = place % original.Length;
                        byte[] fitting = bytes[..Math.Min(bytes.Length, original.Length - offset)];
                        fitting.CopyTo(expected, offset);
                        patched.Write(offset, fitting);
                        byte[] back = new byte[original.Length - (offset / 2)];
                        patched.Read(offset / 2, back);
                        Assert.Equal(expected[(offset / 2)..], back);
                    }

                    using var output = new MemoryStream();
                    patched.WriteTo(output);
                    Assert.Equal(expected, output.ToArray());
                    Assert.Equal(untouched, original);
                },
                iter: 2000
            );

    [Fact]
    public void Nothing_is_written_beyond_the_end()
    {
        var patched = new PatchedBytes(new byte[300]);
        Assert.Throws<ArgumentOutOfRangeException>(() => patched.Write(299, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => patched.Read(-1, new byte[1]));
    }
}
