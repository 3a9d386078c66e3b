namespace PixelMend.Frames;

/// <summary>
/// The filter over a photosite. The value is the letter users write, so that filters without a name here
/// (polarisers, infrared) are just further letters or digits: <c>(CfaColor)'I'</c>.
/// </summary>
public enum CfaColor : byte
{
    /// <summary>Red.</summary>
    Red = (byte)'R',

    /// <summary>Green.</summary>
    Green = (byte)'G',

    /// <summary>Blue.</summary>
    Blue = (byte)'B',

    /// <summary>Cyan.</summary>
    Cyan = (byte)'C',

    /// <summary>Magenta.</summary>
    Magenta = (byte)'M',

    /// <summary>Yellow.</summary>
    Yellow = (byte)'Y',

    /// <summary>No filter: monochrome and "white" photosites.</summary>
    White = (byte)'W',
}
