using System;

namespace Seedance.CrashChild;

/// <summary>Elapsed time that runs a thousand times too fast, so that what is done every few seconds is done within a short test; timers keep real time.</summary>
internal sealed class HastyClock : TimeProvider
{
    public override long GetTimestamp() => System.GetTimestamp() * 1000;
}
