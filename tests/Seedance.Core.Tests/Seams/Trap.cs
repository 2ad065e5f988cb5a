namespace Seedance.Core.Tests.Seams;

/// <summary>A place that throws, so often and no more.</summary>
internal sealed class Trap
{
    private const int Times = 8; // More than anything is tried.
    private int _left;

    public string? Place { get; private set; }

    public Func<Exception> Error { get; private set; } = static () => new InvalidOperationException();

    public int Sprung { get; private set; }

    public void Set(string place, Func<Exception> error)
    {
        (Place, Error, Sprung, _left) = (place, error, 0, Times);
    }

    public void Disarm() => Place = null;

    public void Spring(string place)
    {
        if (place == Place && Interlocked.Decrement(ref _left) >= 0)
        {
            Sprung++;
            throw Error();
        }
    }
}
