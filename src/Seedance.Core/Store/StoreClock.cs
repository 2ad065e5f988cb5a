namespace Seedance.Store;

/// <summary>
/// The time by the store's clock, where that is another machine's: one clock for all who share the store, however wrong their own are.
/// <paramref name="machine"/> measures what passes.
/// </summary>
internal sealed class StoreClock(TimeProvider machine, StoreEngine engine) : TimeProvider
{
    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + engine.Ahead;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
