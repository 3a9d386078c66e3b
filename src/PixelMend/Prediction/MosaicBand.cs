using PixelMend.Kernels;

namespace PixelMend.Prediction;

/// <summary>
/// A horizontal band of a mosaic in <see cref="PhaseLayout"/>, with rows beyond its edges so that neighbourhoods are whole.
/// Buffers are reused from band to band: one instance serves one thread.
/// </summary>
internal sealed class MosaicBand
{
    private readonly MosaicView view;
    private readonly float[] line;

    public MosaicBand(MosaicView view, PhaseLayout layout, int rows, int margin)
    {
        this.view = view;
        Layout = layout;
        Margin = margin;
        line = new float[view.Width];
        Raw = NewBuffer(rows);
        Signal = NewBuffer(rows);
    }

    public PhaseLayout Layout { get; }

    /// <summary>Rows available above <see cref="Top"/> and below the last row.</summary>
    public int Margin { get; }

    /// <summary>First row of the band, view coordinates.</summary>
    public int Top { get; private set; }

    /// <summary>Rows of the band, margins not counted.</summary>
    public int Rows { get; private set; }

    /// <summary>Signals as measured.</summary>
    public float[] Raw { get; }

    /// <summary>Signals as measured, unbelievable ones replaced.</summary>
    public float[] Signal { get; }

    /// <summary>Position of the first float of row <paramref name="y"/> (view coordinates, margins allowed) in any buffer of the band.</summary>
    public int RowStart(int y) => (y - Top + Margin) * Layout.RowStride;

    public int IndexOf(int x, int y) => RowStart(y) + Layout.IndexOf(x);

    /// <summary>Reads <paramref name="rows"/> rows from <paramref name="top"/> with their margins; rows beyond the frame are mirrored.</summary>
    public void Load(int top, int rows, Fills fills) => Load(top, rows, Margin, fills);

    /// <summary>The same with only a part of the margins.</summary>
    public void Load(int top, int rows, int around, Fills fills)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(around, Margin);
        Top = top;
        Rows = rows;
        Read(top - around, top + rows + around, fills);
    }

    /// <summary>Goes on to the rows that follow, as many as before or fewer; what both stretches share is moved instead of read once more.</summary>
    /// <param name="rows">Rows from now on.</param>
    /// <param name="around">Rows above and below.</param>
    /// <param name="fills">Photosites not to be believed.</param>
    /// <param name="computed">What was computed from the band, and for how many rows above and below it is kept as well.</param>
    public void Advance(int rows, int around, Fills fills, params ReadOnlySpan<(float[] Buffer, int Around)> computed)
    {
        Keep(Raw, around);
        Keep(Signal, around);
        foreach ((float[] buffer, int kept) in computed)
        {
            Keep(buffer, kept);
        }

        Top += Rows;
        Rows = rows;
        Read(Top + around, Top + rows + around, fills);
    }

    private void Keep(float[] buffer, int around) =>
        buffer.AsSpan(RowStart(Top + Rows - around), 2 * around * Layout.RowStride).CopyTo(buffer.AsSpan(RowStart(Top - around)));

    private void Read(int from, int end, Fills fills)
    {
        for (int y = from; y < end; y++)
        {
            int source = PhaseLayout.Mirror(y, view.Height, view.Cfa.Height);
            Span<float> raw = Raw.AsSpan(RowStart(y), Layout.RowStride);
            Span<float> signal = Signal.AsSpan(RowStart(y), Layout.RowStride);
            ReadSplit(source, raw);
            raw.CopyTo(signal);
            foreach (Fill fill in fills.Row(source))
            {
                signal[Layout.IndexOf(fill.X)] = fill.Signal;
            }

            MirrorBorders(Signal, y);
        }
    }

    /// <summary>A buffer with the band's layout, for what is computed from it.</summary>
    public float[] NewBuffer(int rows) => new float[(rows + (2 * Margin)) * Layout.RowStride];

    /// <summary>Every position beyond the left and right border gets the value of the photosite that stands in for it.</summary>
    public void MirrorBorders(float[] buffer, int y)
    {
        int row = RowStart(y);
        foreach ((int target, int source) in Layout.BorderSources)
        {
            buffer[row + target] = buffer[row + source];
        }
    }

    /// <summary>Calls with column phase, row and position of its first float, for each sub-row of the band and <paramref name="extra"/> rows around.</summary>
    public void ForEachSubRow(int extra, Action<int, int, int> visit)
    {
        for (int y = Top - extra; y < Top + Rows + extra; y++)
        {
            for (int phaseX = 0; phaseX < Layout.Cfa.Width; phaseX++)
            {
                visit(phaseX, y, RowStart(y) + Layout.IndexOf(phaseX));
            }
        }
    }

    /// <summary>Reads a row, split by column phase.</summary>
    private void ReadSplit(int y, Span<float> split)
    {
        int period = Layout.Cfa.Width;
        if (view.HasHalves)
        {
            view.ReadHalves(y, split.Slice(Layout.IndexOf(0), Layout.SubLength), split.Slice(Layout.IndexOf(1), Layout.SubLength));
            return;
        }

        view.Read(0, y, line);
        if (period == 2)
        {
            Deinterleave.Run(line, split.Slice(Layout.IndexOf(0), Layout.SubLength), split.Slice(Layout.IndexOf(1), Layout.SubLength));
            return;
        }

        for (int phase = 0; phase < period; phase++)
        {
            Span<float> sub = split.Slice(Layout.IndexOf(phase), Layout.SubLength);
            int i = 0;
            for (int x = phase; x < line.Length; x += period)
            {
                sub[i++] = line[x];
            }
        }
    }
}
