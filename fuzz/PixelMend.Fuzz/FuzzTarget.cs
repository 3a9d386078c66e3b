namespace PixelMend.Fuzz;

/// <summary>One parser under attack.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Run">Reads the bytes; returns or throws <see cref="Formats.RawDataException"/>, all else is a finding.</param>
/// <param name="Seeds">Inputs to start from.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run, Func<IEnumerable<byte[]>> Seeds);
