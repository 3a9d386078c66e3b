namespace PixelMend.Detection;

/// <summary>Where a line defect begins and ends: the stretch that is most likely, given its offset. Most begin or end at the sensor's border, so that an end elsewhere must be worth something.</summary>
internal static class LineEnds
{
    /// <summary>Log-likelihood that an end away from the border costs.</summary>
    private const float EndCost = 4;

    /// <summary>Log-likelihood that one photosite may add or take: outliers decide nothing.</summary>
    private const float Most = 4;

    /// <summary>The best stretch of the fitted ones, first photosite and the one after the last.</summary>
    /// <param name="members">The lines, fitted roughly.</param>
    /// <param name="atStart">Whether the first photosite is the line's.</param>
    /// <param name="atEnd">Whether the last photosite is the line's.</param>
    public static (int Start, int End) Find(MemberFit[] members, bool atStart, bool atEnd)
    {
        int length = members[0].Spreads.Length;
        float running = atStart ? 0 : -EndCost;
        float best = float.NegativeInfinity;
        (int start, int bestStart, int bestEnd) = (0, 0, 0);
        for (int i = 0; i < length; i++)
        {
            if (running < -EndCost)
            {
                (running, start) = (-EndCost, i);
            }

            running += members.Sum(m => Gain(m, i));
            float total = running - (atEnd && i == length - 1 ? 0 : EndCost);
            if (total > best)
            {
                (best, bestStart, bestEnd) = (total, start, i + 1);
            }
        }

        return (bestStart, bestEnd);
    }

    /// <summary>How much likelier a residual is with the offset than without.</summary>
    private static float Gain(MemberFit member, int i)
    {
        float residual = member.Line.Residual[i] / member.Spreads[i];
        float expected = member.Fit.Offset * member.Template[i] / member.Spreads[i];
        return Math.Clamp(Loss(residual) - Loss(residual - expected), -Most, Most);
    }

    private static float Loss(float residual)
    {
        float size = MathF.Abs(residual);
        return size <= LineFit.Bound ? 0.5f * size * size : LineFit.Bound * (size - (0.5f * LineFit.Bound));
    }
}
