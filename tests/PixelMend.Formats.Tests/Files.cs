using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>Bytes of files, real and made, and fingerprints of what is read from them.</summary>
internal static class Files
{
    /// <summary>What <paramref name="write"/> writes.</summary>
    public static byte[] Made(Action<Stream> write)
    {
        using var memory = new MemoryStream();
        write(memory);
        return memory.ToArray();
    }

    /// <summary>A real file's content; the test is skipped where the file is missing.</summary>
    public static byte[] Real(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} missing");
        return File.ReadAllBytes(path!);
    }

    /// <summary>Reads a file as the command line would, given the text after <c>--raw</c> if it is a dump.</summary>
    public static RawFrame Read(byte[] file, string name, string? raw = null)
    {
        var options = new ReadOptions { Raw = raw is null ? null : RawSpec.Parse(raw) };
        return FormatSet.FrameFormatFor(file, name, options).Read(file, options);
    }

    /// <summary>SHA-256 of the samples in raster order: 16-bit codes or 32-bit floats, low byte first.</summary>
    public static string Fingerprint(RawFrame frame)
    {
        ReadOnlySpan<byte> bytes = frame.Codes is null
            ? MemoryMarshal.AsBytes<float>(frame.Values!.Samples)
            : MemoryMarshal.AsBytes<ushort>(frame.Codes.Samples);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
