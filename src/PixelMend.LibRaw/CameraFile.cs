using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.LibRaw;

/// <summary>
/// A file opened by LibRaw. Facts are copied out of its structure through offsets that were proved on this very file: what LibRaw's functions
/// return must stand where the offsets say. The file's bytes stay where they are and must not change meanwhile.
/// </summary>
internal sealed unsafe class CameraFile : IDisposable
{
    /// <summary>Turn floats into integers: bit 7 of LibRaw's options, set by default. Floats that pass for codes would be a lie.</summary>
    private const uint ConvertFloats = 1 << 7;

    private readonly LibRawLayout layout;
    private readonly MemoryHandle pin;
    private readonly byte* data;
    private readonly int* damaged;

    /// <summary>Opens a file: its facts are known then, its samples not yet.</summary>
    /// <exception cref="RawDataException">LibRaw is missing or unknown, or does not read the file.</exception>
    public CameraFile(ReadOnlyMemory<byte> file)
    {
        layout = KnownLayout();
        pin = file.Pin();
        damaged = (int*)NativeMemory.AllocZeroed(sizeof(int));
        data = LibRawLibrary.Init(0);
        try
        {
            Require(data is not null, RawDataError.LimitExceeded, "LibRaw has not enough memory");
            LibRawLibrary.SetDataErrorHandler(data, &NoteDamage, damaged);
            uint options = BinaryPrimitives.ReadUInt32LittleEndian(Structure[layout.RawProcessingOptions..]);
            BinaryPrimitives.WriteUInt32LittleEndian(Structure[layout.RawProcessingOptions..], options & ~ConvertFloats);
            Check(LibRawLibrary.OpenBuffer(data, (byte*)pin.Pointer, (nuint)file.Length));
            ProveLayout();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where fields stand.</summary>
    public LibRawLayout Layout => layout;

    private Span<byte> Structure => new(data, layout.Length);

    public byte Byte(int offset) => Structure[offset];

    public int UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Structure[offset..]);

    public int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(Structure[offset..]);

    public uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Structure[offset..]);

    public long Int64(int offset) => BinaryPrimitives.ReadInt64LittleEndian(Structure[offset..]);

    public float Float(int offset) => BinaryPrimitives.ReadSingleLittleEndian(Structure[offset..]);

    /// <summary>Text of a fixed field; null where it is blank.</summary>
    public string? Text(int offset, int length)
    {
        ReadOnlySpan<byte> field = Structure.Slice(offset, length);
        int end = field.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? field : field[..end]).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>Index of the filter over a photosite of the visible area, by LibRaw's own function.</summary>
    public int ColorAt(int x, int y) => LibRawLibrary.Color(data, y, x);

    /// <summary>Decodes the samples: the whole sensor, as stored or after the file's own table, never scaled.</summary>
    /// <exception cref="RawDataException">They are damaged, or no mosaic of integers.</exception>
    public Plane<ushort> Unpack()
    {
        (int width, int height) = (UInt16(layout.RawWidth), UInt16(layout.RawHeight));
        Check(LibRawLibrary.Unpack(data));
        ProveLayout();
        var samples = (byte*)Int64(layout.RawImage);
        Require(samples is not null, RawDataError.Unsupported, "the samples are no mosaic of integers (floats, or colours mixed already)");
        long pitch = UInt32(layout.RawPitch);
        bool sameSize = (width, height) == (UInt16(layout.RawWidth), UInt16(layout.RawHeight));
        bool copied = Structure.Slice(layout.RawHeight, 4).SequenceEqual(Structure.Slice(layout.RawDataSizes, 4));
        Require(sameSize && copied && pitch >= 2L * width, RawDataError.Unsupported, LayoutDiffers);
        var plane = Plane<ushort>.Unfilled(width, height);
        for (int y = 0; y < height; y++)
        {
            new ReadOnlySpan<ushort>(samples + (y * pitch), width).CopyTo(plane.Row(y));
        }

        return plane;
    }

    public void Dispose()
    {
        if (data is not null)
        {
            LibRawLibrary.Close(data);
        }

        NativeMemory.Free(damaged);
        pin.Dispose();
    }

    private static string LayoutDiffers =>
        $"the installed LibRaw calls itself {LibRawLibrary.VersionName} but is laid out otherwise; install Debian's ({LibRawLibrary.HowToInstall})";

    private static LibRawLayout KnownLayout()
    {
        Require(
            LibRawLibrary.IsPresent,
            RawDataError.Unsupported,
            $"reading it needs LibRaw: install it (Debian: {LibRawLibrary.HowToInstall})"
        );
        return LibRawLayout.Known
            ?? throw new RawDataException(
                RawDataError.Unsupported,
                CameraRawFormat.FormatName,
                $"LibRaw {LibRawLibrary.VersionName} is installed, but only {LibRawLayout.KnownVersions} on 64-bit Linux is known: "
                    + $"install Debian 12's ({LibRawLibrary.HowToInstall})"
            );
    }

    /// <summary>What functions return must stand where the offsets say; this brackets every part of the structure.</summary>
    private void ProveLayout()
    {
        bool proved =
            LibRawLibrary.ImageParameters(data) - data == layout.ImageParameters
            && LibRawLibrary.LensInfo(data) - data == layout.LensInfo
            && LibRawLibrary.Other(data) - data == layout.Other
            && LibRawLibrary.RawWidth(data) == UInt16(layout.RawWidth)
            && LibRawLibrary.RawHeight(data) == UInt16(layout.RawHeight)
            && LibRawLibrary.ColorMaximum(data) == Int32(layout.Maximum);
        for (int i = 0; i < 4; i++)
        {
            proved &= Same(LibRawLibrary.CameraMultiplier(data, i), Float(layout.CameraMultipliers + (4 * i)));
        }

        for (int i = 0; i < 12; i++)
        {
            proved &= Same(LibRawLibrary.RgbFromCamera(data, i / 4, i % 4), Float(layout.RgbFromCamera + (4 * i)));
        }

        Require(proved, RawDataError.Unsupported, LayoutDiffers);

        static bool Same(float one, float other) => BitConverter.SingleToInt32Bits(one) == BitConverter.SingleToInt32Bits(other);
    }

    /// <summary>Turns LibRaw's word for a failure, and damage that it only mentions, into ours.</summary>
    private void Check(int error)
    {
        if (error != 0)
        {
            (RawDataError kind, string reason) = LibRawError.Explain(error);
            Require(false, kind, reason);
        }

        Require(*damaged == 0, RawDataError.Malformed, "the samples are damaged or cut off");
    }

    private static void Require(bool condition, RawDataError error, string reason)
    {
        if (!condition)
        {
            throw new RawDataException(error, CameraRawFormat.FormatName, reason);
        }
    }

    [UnmanagedCallersOnly]
    private static void NoteDamage(int* damaged, byte* file, int offset) => *damaged = 1;
}
