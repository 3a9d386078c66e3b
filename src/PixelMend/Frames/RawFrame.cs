using PixelMend.Defects;

namespace PixelMend.Frames;

/// <summary>
/// One frame of an image sensor before demosaicing: every stored photosite in sensor coordinates (0-based, whole stored image,
/// masked borders included), untouched ADU, with the facts needed to interpret them.
/// Samples are codes of 8 to 16 bits in <see cref="Codes"/>, or floats in <see cref="Values"/> for float and 32-bit data: exactly one of the two.
/// </summary>
public sealed class RawFrame
{
    /// <summary>A frame of integer codes.</summary>
    /// <param name="codes">Samples as stored.</param>
    /// <param name="bitDepth">Bits per sample as stored, 1 to 16.</param>
    /// <param name="cfa">The mosaic, anchored at the stored image's top left.</param>
    /// <param name="levels">Black and white of the linear samples.</param>
    public RawFrame(Plane<ushort> codes, int bitDepth, CfaPattern cfa, Levels levels)
        : this(codes.Width, codes.Height, cfa, levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitDepth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitDepth, 16);
        Codes = codes;
        BitDepth = bitDepth;
    }

    /// <summary>A frame of floats; NaN marks photosites without a value.</summary>
    public RawFrame(Plane<float> values, CfaPattern cfa, Levels levels)
        : this(values.Width, values.Height, cfa, levels)
    {
        Values = values;
        BitDepth = 32;
    }

    private RawFrame(int width, int height, CfaPattern cfa, Levels levels)
    {
        Width = width;
        Height = height;
        if (
            (levels.RowBlack.Length != 0 && levels.RowBlack.Length != height)
            || (levels.ColumnBlack.Length != 0 && levels.ColumnBlack.Length != width)
        )
        {
            throw new ArgumentException("Black levels per row and column must be as many as the frame has of them.", nameof(levels));
        }

        Cfa = cfa;
        Levels = levels;
        ActiveArea = new Area(0, 0, width, height);
        Embedded = DefectMap.Empty(width, height);
    }

    /// <summary>Photosites per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>Integer samples as stored, or null when the frame is float.</summary>
    public Plane<ushort>? Codes { get; }

    /// <summary>Float samples, or null when the frame is integer.</summary>
    public Plane<float>? Values { get; }

    /// <summary>Bits per stored sample: 1 to 16, or 32 for float.</summary>
    public int BitDepth { get; }

    /// <summary>The mosaic, anchored at the stored image's top left.</summary>
    public CfaPattern Cfa { get; }

    /// <summary>Black and white levels of the linear samples.</summary>
    public Levels Levels { get; }

    /// <summary>Photosites that see light. Outside lie masked borders, which are never repaired by detection.</summary>
    /// <exception cref="ArgumentException">It is empty or reaches off the sensor.</exception>
    public Area ActiveArea
    {
        get;
        init =>
            field =
                value.Count > 0 && value.ClipTo(Width, Height) == value
                    ? value
                    : throw new ArgumentException($"The active area {value} must lie on the {Width} × {Height} sensor.", nameof(value));
    }

    /// <summary>Optically black areas, where the file names them.</summary>
    public IReadOnlyList<Area> MaskedAreas { get; init; } = [];

    /// <summary>Linear value of each code (DNG LinearizationTable); codes beyond its end take its last value. Empty when codes are linear.</summary>
    public ReadOnlyMemory<ushort> Linearization { get; init; }

    /// <summary>Values that the file can store, where its samples are floats here but whole or scaled numbers there; null where any float can be stored.</summary>
    public SampleGrid? Grid { get; init; }

    /// <summary>Camera and exposure.</summary>
    public FrameInfo Info { get; init; } = FrameInfo.Unknown;

    /// <summary>Defects that the file itself declares (DNG FixBadPixels opcodes), in sensor coordinates.</summary>
    public DefectMap Embedded { get; init; }

    /// <summary>The stored sample at (<paramref name="x"/>, <paramref name="y"/>): a code, or a float.</summary>
    public float Stored(int x, int y) => Codes is null ? Values![x, y] : Codes[x, y];

    /// <summary>The signal at (<paramref name="x"/>, <paramref name="y"/>): linear, black at 0, white at 1.</summary>
    public float Signal(int x, int y)
    {
        float signal = 0;
        ReadSignal(x, y, new Span<float>(ref signal));
        return signal;
    }

    /// <summary>Copies part of row <paramref name="y"/>, from column <paramref name="x"/>, as signals: linear, black at 0, white at 1.</summary>
    public void ReadSignal(int x, int y, Span<float> signal)
    {
        ReadLinear(x, y, signal);
        for (int i = 0; i < signal.Length; i++)
        {
            signal[i] = (signal[i] - Levels.Black(x + i, y)) / Levels.Span(x + i, y);
        }
    }

    /// <summary>The linear sample at (<paramref name="x"/>, <paramref name="y"/>), ADU.</summary>
    public float Linear(int x, int y) =>
        Codes is null || Linearization.IsEmpty ? Stored(x, y) : Linearization.Span[Math.Min(Codes[x, y], Linearization.Length - 1)];

    /// <summary>Copies part of row <paramref name="y"/>, from column <paramref name="x"/>, as linear samples in ADU.</summary>
    public void ReadLinear(int x, int y, Span<float> linear)
    {
        if (Codes is null)
        {
            Values!.Row(y).Slice(x, linear.Length).CopyTo(linear);
            return;
        }

        ReadOnlySpan<ushort> row = Codes.Row(y).Slice(x, linear.Length);
        if (Linearization.IsEmpty)
        {
            Kernels.Widen.Run(row, linear);
            return;
        }

        ReadOnlySpan<ushort> table = Linearization.Span;
        for (int i = 0; i < row.Length; i++)
        {
            linear[i] = table[Math.Min(row[i], table.Length - 1)];
        }
    }

    /// <summary>
    /// The sample to store for <paramref name="signal"/> (black 0, white 1) at a photosite: the nearest code within the sample's range, or the float itself.
    /// </summary>
    public float ToStored(int x, int y, float signal)
    {
        float black = Levels.Black(x, y);
        float linear = black + (signal * Levels.Span(x, y));
        if (Codes is null)
        {
            return Grid?.Nearest(linear) ?? linear;
        }

        int largest = (1 << BitDepth) - 1;
        return Linearization.IsEmpty
            ? Math.Clamp(MathF.Round(linear), 0, largest)
            : NearestCode(linear, Math.Min(largest, Linearization.Length - 1));
    }

    /// <summary>The same frame with its samples replaced by <paramref name="changes"/>; this frame stays as it is.</summary>
    public RawFrame With(IReadOnlyList<SampleChange> changes)
    {
        RawFrame copy = Codes is null
            ? new RawFrame(Values!.Clone(), Cfa, Levels)
            {
                Grid = Grid,
                ActiveArea = ActiveArea,
                MaskedAreas = MaskedAreas,
                Info = Info,
                Embedded = Embedded,
            }
            : new RawFrame(Codes.Clone(), BitDepth, Cfa, Levels)
            {
                ActiveArea = ActiveArea,
                MaskedAreas = MaskedAreas,
                Info = Info,
                Embedded = Embedded,
                Linearization = Linearization,
            };
        foreach (SampleChange change in changes)
        {
            if (copy.Codes is null)
            {
                copy.Values![change.X, change.Y] = change.New;
            }
            else
            {
                copy.Codes[change.X, change.Y] = (ushort)change.New;
            }
        }

        return copy;
    }

    /// <summary>Tables need not be monotonic, so every code is looked at; repairs are few.</summary>
    private int NearestCode(float linear, int lastCode)
    {
        ReadOnlySpan<ushort> table = Linearization.Span;
        int best = 0;
        for (int code = 1; code <= lastCode; code++)
        {
            best = MathF.Abs(table[code] - linear) < MathF.Abs(table[best] - linear) ? code : best;
        }

        return best;
    }
}

/// <summary>One repaired photosite: sensor coordinates, the stored sample before and after, and how well its surroundings determine it.</summary>
/// <param name="X">Column, 0-based, whole stored image.</param>
/// <param name="Y">Row, 0-based, whole stored image.</param>
/// <param name="Old">Stored sample before (a code, or a float).</param>
/// <param name="New">Stored sample after.</param>
/// <param name="Confidence">0 (a guess) to 1 (as certain as its neighbours).</param>
public readonly record struct SampleChange(int X, int Y, float Old, float New, float Confidence);
