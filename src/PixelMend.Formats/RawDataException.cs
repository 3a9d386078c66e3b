namespace PixelMend.Formats;

/// <summary>What is wrong with a file.</summary>
public enum RawDataError
{
    /// <summary>The bytes contradict the format.</summary>
    Malformed,

    /// <summary>Valid, but of a kind that is not read here.</summary>
    Unsupported,

    /// <summary>Larger than the limits allow.</summary>
    LimitExceeded,
}

/// <summary>The one exception that bad input raises: what, in which format, at which byte.</summary>
public sealed class RawDataException : Exception
{
    /// <param name="error">What is wrong.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="reason">One clause without a full stop: what is wrong and, where there is a way out, what to do.</param>
    /// <param name="offset">Byte offset in the file, or -1 when it is not about one place.</param>
    public RawDataException(RawDataError error, string format, string reason, long offset = -1)
        : base(offset < 0 ? $"{format}: {reason}" : $"{format}: {reason} (at byte {offset})")
    {
        Error = error;
        Format = format;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public RawDataError Error { get; }

    /// <summary>The format's name.</summary>
    public string Format { get; }

    /// <summary>Byte offset in the file, or -1.</summary>
    public long Offset { get; }
}
