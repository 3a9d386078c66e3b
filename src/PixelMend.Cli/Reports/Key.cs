using System.Text;

namespace PixelMend.Cli.Reports;

/// <summary>Colours of algorithms in charts, and the line that explains them.</summary>
internal static class Key
{
    private const int Colors = 6;

    public static string ClassOf(int index) => $"a{index % Colors}";

    public static string Render(IReadOnlyList<string> names)
    {
        var html = new StringBuilder("<p class=\"note\">");
        for (int i = 0; i < names.Count; i++)
        {
            html.Append($"<span class=\"key\"><i class=\"{ClassOf(i)}\"></i>{Html.Text(names[i])}</span>");
        }

        return html.Append("</p>").ToString();
    }
}
