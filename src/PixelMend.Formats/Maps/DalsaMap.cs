using System.Xml;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>Teledyne DALSA Genie cameras' maps: XML with an element <c>DefectivePixel</c> of <c>OffsetX</c> and <c>OffsetY</c> for each photosite.</summary>
public sealed class DalsaMap : MapFormat
{
    private const string Root = "Coordinates";
    private const string Entry = "DefectivePixel";
    private const string Column = "OffsetX";
    private const string Row = "OffsetY";

    /// <inheritdoc/>
    public override string Name => "DALSA map";

    /// <inheritdoc/>
    public override string Summary => "Teledyne DALSA Genie's XML of OffsetX and OffsetY from the picture's top left; places are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".xml"];

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new MapAssembly(this, context);
        map.CheckFile(file.Length);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(file.ToArray()), settings);
            var lines = (IXmlLineInfo)xml;
            xml.MoveToContent();
            if (xml.LocalName != Root)
            {
                throw map.Malformed(new EntryPlace("line", lines.LineNumber), $"'{MapAssembly.Shown(xml.LocalName)}' is not {Root}");
            }

            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == Entry)
                {
                    var place = new EntryPlace("line", lines.LineNumber);
                    map.Add(new MapEntry(Number(xml, Column, map, place), Number(xml, Row, map, place)), place);
                }
            }
        }
        catch (XmlException e)
        {
            throw map.Malformed(new EntryPlace("line", Math.Max(1, e.LineNumber)), $"this is no XML: {e.Message}");
        }

        return map.Build(MapProvenance.Unknown);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        var placement = new MapPlacement(this, context);
        placement.RequireSizeToFlip();
        long outside = 0;
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
        xml.WriteStartElement(Root);
        foreach (Defect defect in map.AllPhotosites())
        {
            if (placement.ToFile(new Area(defect.X, defect.Y, 1, 1)) is var (x, y))
            {
                xml.WriteStartElement(Entry);
                xml.WriteAttributeString(Column, $"{x}");
                xml.WriteAttributeString(Row, $"{y}");
                xml.WriteEndElement();
            }
            else
            {
                outside++;
            }
        }

        xml.WriteEndElement();
        return MapPlacement.Outside(outside);
    }

    private static int Number(XmlReader xml, string name, MapAssembly map, EntryPlace place) =>
        map.Whole(xml.GetAttribute(name) ?? throw map.Malformed(place, $"{name} is missing"), name, place);
}
