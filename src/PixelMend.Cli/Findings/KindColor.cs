using System.Globalization;
using PixelMend.Defects;

namespace PixelMend.Cli.Findings;

/// <summary>The colours of kinds, the same in pages and pictures.</summary>
internal static class KindColor
{
    private static readonly (DefectKind Kind, uint Rgb)[] Table =
    [
        (DefectKind.Hot, 0xE5484D),
        (DefectKind.Warm, 0xF5A524),
        (DefectKind.Dead, 0x3B82F6),
        (DefectKind.Stuck, 0x8B5CF6),
        (DefectKind.LowResponse, 0x06B6D4),
        (DefectKind.OverResponse, 0xEC4899),
        (DefectKind.Noisy, 0x65A30D),
        (DefectKind.Telegraph, 0x14B8A6),
        (DefectKind.NonLinear, 0xA16207),
        (DefectKind.Unknown, 0x9CA3AF),
    ];

    /// <summary>The style of every kind: a variable of its name, and a class that takes its colour.</summary>
    public static string StyleSheet { get; } =
        string.Concat(
            Table
                .Select(k => (Name: DefectKinds.NameOf(k.Kind), k.Rgb))
                .Select(k =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $":root {{ --{k.Name}: #{k.Rgb:x6}; }} .k-{k.Name} {{ --k: var(--{k.Name}); }}\n"
                    )
                )
        );

    /// <summary>The one kind by which a defect is shown: the first of the table that it has.</summary>
    public static DefectKind Shown(DefectKind kind) =>
        DefectKinds.All.Select(k => k.Kind).FirstOrDefault(k => kind.HasFlag(k), DefectKind.Unknown);

    /// <summary>Red, green and blue of the kind by which a defect is shown.</summary>
    public static (byte Red, byte Green, byte Blue) Of(DefectKind kind)
    {
        uint rgb = Array.Find(Table, k => k.Kind == Shown(kind)).Rgb;
        return ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    }
}
