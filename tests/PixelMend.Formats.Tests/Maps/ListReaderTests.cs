using System.Text;
using PixelMend.Defects;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Tests.Dng;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Maps;

/// <summary>Other programs repair, by the lists that we write, the photosites that we mean and no other.</summary>
public class ListReaderTests
{
    private const ushort Good = 3000;
    private const ushort Bad = 12_000;

    private static readonly DateTimeOffset Taken = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Points, a row and a column, hot and cold, in a FITS file, whose picture's top is the last stored row.</summary>
    [Fact]
    public void Siril_repairs_where_its_list_says()
    {
        const int Width = 30;
        const int Height = 20;
        var map = new DefectMap.Builder(Width, Height);
        map.Add(new Defect(7, 3, DefectKind.Hot));
        map.Add(new Defect(11, 15, DefectKind.Dead));
        map.Add(new DefectRegion(new Area(20, 0, 1, Height), DefectKind.Hot));
        map.Add(new DefectRegion(new Area(0, 9, Width, 1), DefectKind.Dead));
        DefectMap defects = map.Build();

        var codes = new Plane<ushort>(Width, Height);
        codes.Samples.AsSpan().Fill(Good);
        foreach (Defect defect in defects.AllPhotosites())
        {
            codes.Row(defect.Y)[defect.X] = defect.Kind == DefectKind.Hot ? Bad : (ushort)5;
        }

        var fits = new FitsFormat();
        byte[] frame = Files.Made(o => fits.Write(new RawFrame(codes, 16, CfaPattern.Mono, new Levels(0, 65_535)), o));
        MapContext context = MapContext.Of(fits.Read(frame, ReadOptions.Default));
        Assert.True(context.IsBottomUp);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["frame.fits"], frame);
        File.WriteAllBytes(folder["list.lst"], Files.Made(o => new SirilList().Write(defects, context, o)));
        File.WriteAllText(folder["script.ssf"], "requires 1.0.0\nload frame.fits\ncosme list.lst\nsave done\n");
        (_, byte[] said, string errors) = Tool.Run("siril-cli", "-d", folder.Path, "-s", folder["script.ssf"]);
        string? done = Directory.EnumerateFiles(folder.Path, "done.*").FirstOrDefault();
        Assert.True(done is not null, errors + Encoding.UTF8.GetString(said));
        RawFrame repaired = fits.Read(File.ReadAllBytes(done), ReadOptions.Default);
        IEnumerable<(int X, int Y)> all = Enumerable.Range(0, Width * Height).Select(i => (i % Width, i / Width));
        // Where the row and the column cross, Siril averages what is no better.
        Assert.All(all.Where(p => Math.Abs(p.X - 20) > 1 || Math.Abs(p.Y - 9) > 1), p => Assert.Equal(Good, repaired.Stored(p.X, p.Y)));
    }

    /// <summary>dcraw and LibRaw leave out what died after the frame was taken, as we do.</summary>
    [Theory]
    [InlineData("dcraw", "-c")]
    [InlineData("dcraw_emu", "-Z", "-")]
    public void Dcraw_and_libraw_repair_where_their_list_says(string program, params string[] toOutput)
    {
        (RawFrame frame, DefectMap defects) = Broken(died: [Taken.AddYears(-1), Taken.AddYears(1)]);
        using var dng = new TemporaryFile(Dng(frame), ".dng");
        MapContext context = MapContext.Of(frame);
        byte[] written = Files.Made(o => new DcrawList().Write(defects, context, o));
        using var list = new TemporaryFile(written, ".badpixels");
        // Half size, neither scaled nor balanced, keeps blocks of 2 × 2; other ways of looking at samples switch the list off.
        string[] plainly = ["-h", "-o", "0", "-r", "1", "1", "1", "1", "-4", "-t", "0", "-S", "65535", .. toOutput, dng.Path];
        (_, byte[] plain, string errors) = Tool.Run(program, plainly);
        (_, byte[] mended, _) = Tool.Run(program, ["-P", list.Path, .. plainly]);
        Assert.True(plain.Length > 100 && plain.Length == mended.Length, errors);

        DefectMap ours = new DcrawList().Read(written, context).Map;
        Assert.Equal(defects.Points.Count - 1, ours.Points.Count);
        (int width, int height) = (frame.ActiveArea.Width / 2, frame.ActiveArea.Height / 2);
        Assert.Equal(
            ours.Points.Select(d => ((d.X - frame.ActiveArea.Left) / 2, (d.Y - frame.ActiveArea.Top) / 2)),
            Changed(plain[^(width * height * 6)..], mended[^(width * height * 6)..], width)
        );
    }

    /// <summary>RawTherapee finds the list by maker and model, and adds the border of a first line.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Rawtherapee_repairs_where_its_list_says(int border)
    {
        (RawFrame frame, DefectMap defects) = Broken(died: []);
        byte[] dng = Dng(frame);
        // With a border, the list's numbers are those of a picture that lacks it.
        MapContext context = MapContext.Of(frame) with
        {
            Offset = new Offset(border, border),
        };
        string list = Encoding.UTF8.GetString(Files.Made(o => new RawTherapeeList().Write(defects, context, o)));
        list = border == 0 ? list : $"{border}\n{list}";
        (byte[] plain, _) = RawTherapee.Develop(dng, null);
        (byte[] mended, int width) = RawTherapee.Develop(dng, list);
        Assert.Equal(defects.Points.Select(d => (d.X - frame.ActiveArea.Left, d.Y - frame.ActiveArea.Top)), Changed(plain, mended, width));
        byte[] file = Encoding.UTF8.GetBytes(list);
        Assert.Equal(
            defects.Points.Select(d => (d.X, d.Y)),
            new RawTherapeeList().Read(file, MapContext.Of(frame)).Map.Points.Select(d => (d.X, d.Y))
        );
    }

    /// <summary>
    /// Of a DNG's own lists RawTherapee 5.9 honours FixBadPixelsConstant 0 alone, in the first list: the same photosites are marked here. It passes over FixBadPixelsList.
    /// </summary>
    [Fact]
    public void Rawtherapee_repairs_what_a_dng_declares_constant()
    {
        byte[] constant = [0, 0, 0, 1, 0, 0, 0, 4, 1, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1];
        (RawFrame frame, DefectMap defects) = Broken(died: [], bad: 0);
        byte[] dng = Dng(frame);
        byte[] declared = WithOpcodes(dng, constant);
        RawFrame read = new DngFormat().Read(declared, ReadOptions.Default);
        Assert.Equal(defects.Points.Select(d => (d.X, d.Y)), read.Embedded.Points.Select(d => (d.X, d.Y)));
        (byte[] plain, _) = RawTherapee.Develop(dng, null);
        (byte[] mended, int width) = RawTherapee.Develop(declared, null);
        Assert.Equal(defects.Points.Select(d => (d.X - frame.ActiveArea.Left, d.Y - frame.ActiveArea.Top)), Changed(plain, mended, width));
    }

    /// <summary>A flat frame with three bad photosites, the last of them known from the given times on.</summary>
    private static (RawFrame Frame, DefectMap Defects) Broken(DateTimeOffset[] died, ushort bad = Bad)
    {
        // RawTherapee takes smaller files for thumbnails.
        const int Width = 640;
        const int Height = 480;
        var map = new DefectMap.Builder(Width, Height);
        (int X, int Y)[] places = [(46, 34), (300, 201), (591, 432)];
        var codes = new Plane<ushort>(Width, Height);
        codes.Samples.AsSpan().Fill(Good);
        for (int i = 0; i < places.Length; i++)
        {
            (int x, int y) = places[i];
            DateTimeOffset? time = i >= places.Length - died.Length ? died[i - places.Length + died.Length] : null;
            map.Add(new Defect(x, y, Details: time is null ? null : new DefectDetails { FirstSeen = time }));
            codes.Row(y)[x] = bad;
        }

        var frame = new RawFrame(codes, 14, CfaPattern.Parse("RGGB"), new Levels(0, 16_383))
        {
            ActiveArea = new Area(6, 4, 620, 460),
            Info = new FrameInfo
            {
                Make = RawTherapee.Make,
                Model = RawTherapee.Model,
                CaptureTime = Taken,
            },
        };
        return (frame, map.Build());
    }

    /// <summary>Without a preview: RawTherapee looks for opcodes in the file's first directory only.</summary>
    private static byte[] Dng(RawFrame frame) =>
        Files.Made(o => new DngFormat { WriteOptions = new DngWriteOptions { Preview = false } }.Write(frame, o));

    /// <summary>The file with a first list of opcodes.</summary>
    private static byte[] WithOpcodes(byte[] dng, byte[] opcodes)
    {
        using var file = new TemporaryFile(dng, ".dng");
        using var list = new TemporaryFile(opcodes, ".bin");
        // The tool knows how to move everything behind a new entry.
        (int code, _, string errors) = Tool.Run("exiftool", "-q", "-overwrite_original", $"-IFD0:OpcodeList1#<={list.Path}", file.Path);
        Assert.True(code == 0, errors);
        return File.ReadAllBytes(file.Path);
    }

    /// <summary>Pixels of three 16-bit samples that differ.</summary>
    private static IEnumerable<(int X, int Y)> Changed(byte[] one, byte[] other, int width) =>
        Enumerable
            .Range(0, one.Length / 6)
            .Where(i => !one.AsSpan(i * 6, 6).SequenceEqual(other.AsSpan(i * 6, 6)))
            .Select(i => (i % width, i / width));
}
