using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Frames;

public class LevelsTests
{
    [Fact]
    public void Levels_repeat_and_rows_and_columns_add_to_black()
    {
        var levels = new Levels(2, 1, [10, 20], [110, 220], [0, 1, 2], [0, 4, 8, 12]);
        Assert.Equal(20 + 2 + 12, levels.Black(3, 2));
        Assert.Equal(20, levels.BlackOfCell(3, 2));
        Assert.Equal(220, levels.White(3, 2));
        Assert.Equal(200, levels.Span(3, 2));
        Assert.Equal(100, levels.Range);
    }

    [Fact]
    public void Impossible_levels_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Levels(10, 10));
        Assert.Throws<ArgumentException>(() => new Levels(float.NaN, 10));
        Assert.Throws<ArgumentException>(() => new Levels(0, float.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new Levels(2, 1, [0], [1, 1]));
        Assert.Throws<ArgumentException>(() => new Levels(2, 1, [0, 0], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Levels(0, 1, [], []));
    }
}
