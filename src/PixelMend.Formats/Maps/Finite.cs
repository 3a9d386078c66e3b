namespace PixelMend.Formats.Maps;

/// <summary>Text formats hold finite numbers only.</summary>
internal static class Finite
{
    /// <summary>The value itself; the largest number for infinity, 0 (not measured) for NaN.</summary>
    public static float Or0(float value) => float.IsNaN(value) ? 0 : Math.Clamp(value, float.MinValue, float.MaxValue);
}
