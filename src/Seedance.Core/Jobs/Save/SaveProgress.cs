namespace Seedance.Jobs.Save;

/// <summary>A progress line at most every 200 ms, which is all that a console host shows.</summary>
internal sealed class SaveProgress(IOperationOutput output, TimeProvider time, string name)
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly string _activity = "Saving " + name;
    private long _begun;
    private long _first = -1;
    private long _shown;

    public void Report(long have, long? total)
    {
        if (_first < 0)
        {
            _first = have; // What an earlier attempt brought says nothing about this one's speed.
            _begun = time.GetTimestamp();
        }
        else if (time.GetElapsedTime(_shown) < s_interval)
        {
            return;
        }

        _shown = time.GetTimestamp();
        double seconds = time.GetElapsedTime(_begun, _shown).TotalSeconds;
        double rate = seconds > 0 ? Math.Max(0, have - _first) / seconds : 0;
        string status = total is { } all
            ? string.Format(CultureInfo.InvariantCulture, "{0:0.0} of {1:0.0} MiB", have / Mebibyte, all / Mebibyte)
            : string.Format(CultureInfo.InvariantCulture, "{0:0.0} MiB", have / Mebibyte);
        int? remaining = null;
        if (rate > 0)
        {
            status += string.Format(CultureInfo.InvariantCulture, ", {0:0.0} MiB/s", rate / Mebibyte);
            remaining = total is { } end ? (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Max(0, end - have) / rate)) : null;
        }

        int? percent = total is > 0 ? (int)Math.Min(100, have * 100 / total.Value) : null;
        output.Progress(new OperationProgress(_activity, status, percent, remaining));
    }

    public void Complete() => output.Progress(new OperationProgress(_activity, "Done", 100, 0, Completed: true));
}
