using System.Runtime.InteropServices;

namespace PixelMend.LibRaw;

/// <summary>
/// Byte offsets of fields within <c>libraw_data_t</c>, which has no functions for most of them. They differ from version to version, so only
/// versions in this table are used at all, and <see cref="CameraFile"/> proves the offsets on every file before it believes them.
/// The figures are <c>offsetof</c> of the version's own headers, for 64-bit systems on which <c>long</c> has 64 bits.
/// </summary>
internal sealed record LibRawLayout
{
    private const int Version0202 = (0 << 16) | (20 << 8) | 2;

    /// <summary>The versions that are known, in words.</summary>
    public const string KnownVersions = "0.20.2";

    /// <summary>The layout of the installed version; null where it is not known.</summary>
    public static LibRawLayout? Known { get; } =
        LibRawLibrary.IsPresent
        && LibRawLibrary.Version() == Version0202
        && Environment.Is64BitProcess
        && OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
            ? new LibRawLayout()
            : null;

    /// <summary>Bytes of the whole structure.</summary>
    public int Length { get; init; } = 381_000;

    // sizes
    public int RawHeight { get; init; } = 8;
    public int RawWidth { get; init; } = 10;
    public int Height { get; init; } = 12;
    public int Width { get; init; } = 14;
    public int TopMargin { get; init; } = 16;
    public int LeftMargin { get; init; } = 18;
    public int RawPitch { get; init; } = 24;
    public int Flip { get; init; } = 40;
    public int Masks { get; init; } = 44;
    public int InsetCrop { get; init; } = 172;

    // idata
    public int ImageParameters { get; init; } = 184;
    public int Make { get; init; } = 188;
    public int Model { get; init; } = 252;
    public int DngVersion { get; init; } = 516;
    public int IsFoveon { get; init; } = 520;
    public int Colors { get; init; } = 524;
    public int Filters { get; init; } = 528;
    public int XTrans { get; init; } = 532;
    public int ColorNames { get; init; } = 604;

    // lens, makernotes.common, shootinginfo
    public int LensInfo { get; init; } = 624;
    public int LensName { get; init; } = 772;
    public int CameraTemperature { get; init; } = 4704;
    public int SensorTemperature { get; init; } = 4708;
    public int BodySerial { get; init; } = 4910;
    public int InternalBodySerial { get; init; } = 4974;

    // params
    public int RawProcessingOptions { get; init; } = 5344;

    // color
    public int ColorBlack { get; init; } = 136_456;
    public int Black { get; init; } = 152_872;
    public int Maximum { get; init; } = 152_880;
    public int CameraMultipliers { get; init; } = 153_056;
    public int RgbFromCamera { get; init; } = 153_184;
    public int CameraFromXyz { get; init; } = 153_232;
    public int RawBits { get; init; } = 192_416;

    // other
    public int Other { get; init; } = 192_424;
    public int Iso { get; init; } = 192_424;
    public int Shutter { get; init; } = 192_428;
    public int Aperture { get; init; } = 192_432;
    public int FocalLength { get; init; } = 192_436;
    public int Timestamp { get; init; } = 192_440;

    // rawdata
    public int RawImage { get; init; } = 193_256;
    public int RawDataSizes { get; init; } = 193_760;
    public int FujiWidth { get; init; } = 193_950;
}
