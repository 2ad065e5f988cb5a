using System.Management.Automation.Host;
using Seedance.Jobs.Watch;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>Draws the live table in the console: over itself where that can be, else again when something has changed.</summary>
internal sealed class HostScreen(PSHost host, bool redraws) : IWatchScreen
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;
    private int _drawn;
    private string _last = string.Empty;

    public int Width => Size()?.Width is { } width and > 20 ? width : UsualWidth;

    public int Height => Size()?.Height is { } height and > 5 ? height : UsualHeight;

    public void Draw(IReadOnlyList<string> lines)
    {
        if (!redraws)
        {
            // Ages change by the second; what stands without them is news.
            string news = string.Join("\n", lines.Select(line => line.Length > 32 ? line.Substring(0, 32) : line));
            if (news != _last)
            {
                _last = news;
                host.UI.Write(string.Join(Environment.NewLine, lines) + Environment.NewLine);
            }

            return;
        }

        const string Escape = "\u001b[";
        string back = _drawn > 0 ? Escape + _drawn.ToString(CultureInfo.InvariantCulture) + "F" : string.Empty;
        host.UI.Write(back + string.Concat(lines.Select(line => line + Escape + "K" + Environment.NewLine)) + Escape + "J");
        _drawn = lines.Count;
    }

    private Size? Size()
    {
        try
        {
            return host.UI?.RawUI?.WindowSize;
        }
        catch (Exception error) when (error is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return null; // A host without a window.
        }
    }
}
