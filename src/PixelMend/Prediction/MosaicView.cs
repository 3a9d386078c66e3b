using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Prediction;

/// <summary>The active area of a frame as a mosaic of its own: signals scaled to black 0, white 1, coordinates from the area's top left.</summary>
internal sealed class MosaicView
{
    private const double FloatPrecision = 1.0 / (1 << 24);

    private readonly Area area;
    private readonly float[][] black;
    private readonly float[][] gain;
    private readonly Halves[] halves;
    private readonly float[] rowBlack;

    /// <summary>Codes that follow from light by their levels alone; else null.</summary>
    private readonly Plane<ushort>? plain;

    public MosaicView(RawFrame frame)
    {
        Frame = frame;
        area = frame.ActiveArea;
        Cfa = frame.Cfa.Shift(area.Left, area.Top);
        Levels levels = frame.Levels;
        plain = HasPlainCodes ? frame.Codes : null;
        rowBlack = levels.RowBlack;
        black =
        [
            .. Enumerable
                .Range(0, levels.Height)
                .Select(y => Row(x => levels.BlackOfCell(x, y) + (levels.ColumnBlack.Length == 0 ? 0 : levels.ColumnBlack[x]))),
        ];
        gain = [.. Enumerable.Range(0, levels.Height).Select(y => Row(x => 1 / levels.Span(x, y)))];
        halves = HasHalves ? [.. black.Zip(gain, (b, g) => new Halves(b.AsSpan(area.Left, Width), g.AsSpan(area.Left, Width)))] : [];
        float brightestRow = levels.RowBlack.Length == 0 ? 0 : levels.RowBlack.Max();
        Darkest = HasPlainCodes
            ? black.Zip(gain).Min(l => l.First.Zip(l.Second).Min(c => -(c.First + brightestRow) * c.Second))
            : float.NegativeInfinity;
    }

    public RawFrame Frame { get; }

    public int Width => area.Width;

    public int Height => area.Height;

    public CfaPattern Cfa { get; }

    /// <summary>Column of the view's origin on the sensor.</summary>
    public int Left => area.Left;

    /// <summary>Row of the view's origin on the sensor.</summary>
    public int Top => area.Top;

    /// <summary>Distance between two codes as a signal; for float frames that between two floats near white.</summary>
    public double Quantisation => Frame.Codes is null ? FloatPrecision : 1 / Frame.Levels.Range;

    /// <summary>No signal is below this: that of code 0. No bound for floats and codes with a lookup table.</summary>
    public float Darkest { get; }

    public bool Contains(int x, int y) => x >= 0 && y >= 0 && x < Width && y < Height;

    /// <summary>One signal, by the same arithmetic as <see cref="Read"/>.</summary>
    public float Signal(int x, int y)
    {
        (int sensorX, int sensorY) = (area.Left + x, area.Top + y);
        int phase = black.Length == 1 ? 0 : sensorY % black.Length;
        float linear = plain is null ? Frame.Linear(sensorX, sensorY) : plain[sensorX, sensorY];
        return (linear - (black[phase][sensorX] + RowBlack(sensorY))) * gain[phase][sensorX];
    }

    /// <summary>Signals of a row from column <paramref name="x"/> on.</summary>
    public void Read(int x, int y, Span<float> signal)
    {
        int sensorX = area.Left + x;
        int sensorY = area.Top + y;
        Frame.ReadLinear(sensorX, sensorY, signal);
        int phase = sensorY % black.Length;
        ToSignal.Run(black[phase].AsSpan(sensorX), RowBlack(sensorY), gain[phase].AsSpan(sensorX), signal);
    }

    /// <summary>Whether <see cref="ReadHalves"/> can be asked.</summary>
    public bool HasHalves => HasPlainCodes && Cfa.Width == 2 && Width >= 2;

    /// <summary>Signals of a whole row, even columns and odd ones apart; the same as <see cref="Read"/> gives.</summary>
    public void ReadHalves(int y, Span<float> even, Span<float> odd)
    {
        int sensorY = area.Top + y;
        Halves levels = halves[sensorY % halves.Length];
        even = even[..levels.EvenBlack.Length];
        odd = odd[..levels.OddBlack.Length];
        Deinterleave.Run(Frame.Codes!.Row(sensorY).Slice(area.Left, Width), even, odd);
        ToSignal.Run(levels.EvenBlack, RowBlack(sensorY), levels.EvenGain, even);
        ToSignal.Run(levels.OddBlack, RowBlack(sensorY), levels.OddGain, odd);
    }

    /// <summary>Whether signals follow from codes by their levels alone, so that <see cref="ReadEight"/> can be asked.</summary>
    public bool HasPlainCodes => Frame is { Codes: not null, Linearization.IsEmpty: true };

    /// <summary>Eight signals from column <paramref name="x"/> on, all of which must be in the view; the same as <see cref="Read"/> gives.</summary>
    public Vector256<float> ReadEight(int x, int y)
    {
        Plane<ushort> codes = Frame.Codes!;
        int sensorX = area.Left + x;
        int sensorY = area.Top + y;
        return ToSignals(Vector128.LoadUnsafe(ref codes.Samples[(sensorY * codes.Width) + sensorX]), x, y);
    }

    /// <summary>Signals of eight codes from column <paramref name="x"/> on.</summary>
    public Vector256<float> ToSignals(Vector128<ushort> eight, int x, int y)
    {
        int sensorX = area.Left + x;
        int sensorY = area.Top + y;
        int phase = sensorY % black.Length;
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(eight);
        Vector256<float> linear = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
        Vector256<float> dark = Vector256.LoadUnsafe(ref black[phase][sensorX]) + Vector256.Create(RowBlack(sensorY));
        return (linear - dark) * Vector256.LoadUnsafe(ref gain[phase][sensorX]);
    }

    private float RowBlack(int sensorY) => rowBlack.Length > 0 ? rowBlack[sensorY] : 0;

    private float[] Row(Func<int, float> levelAt) => [.. Enumerable.Range(0, Frame.Width).Select(levelAt)];

    /// <summary>Levels of a row, even columns and odd ones apart.</summary>
    private sealed class Halves
    {
        public Halves(ReadOnlySpan<float> black, ReadOnlySpan<float> gain)
        {
            int odd = black.Length / 2;
            (EvenBlack, EvenGain) = (new float[black.Length - odd], new float[black.Length - odd]);
            (OddBlack, OddGain) = (new float[odd], new float[odd]);
            Deinterleave.Run(black, EvenBlack, OddBlack);
            Deinterleave.Run(gain, EvenGain, OddGain);
        }

        public float[] EvenBlack { get; }

        public float[] EvenGain { get; }

        public float[] OddBlack { get; }

        public float[] OddGain { get; }
    }
}
