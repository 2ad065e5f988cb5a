using Seedance.Polling;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

public sealed class ManyWaitsTests : IDisposable
{
    private readonly WaitScene _scene = new();

    public ManyWaitsTests() => _scene.Host.KeepsLog = false;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Watch_ADayOfThousandsOfJobsOfWhichSomeNeverEnd_MissesNoneAndLeavesNothingBehind()
    {
        // Two thousand jobs over 24 hours; 8 % never end, and each is waited for half an hour.
        const int Jobs = 2000;
        TimeSpan patience = TimeSpan.FromMinutes(30);
        Random random = new(1);
        DayListener listener = new(_scene);
        SortedDictionary<TimeSpan, Action> agenda = [];
        for (int i = 0; i < Jobs; i++)
        {
            double? takes = i % 25 is 0 or 12
                ? null
                : 105 * Math.Exp(0.4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            TimeSpan at = TimeSpan.FromSeconds(24 * 3600.0 * i / Jobs);
            agenda[at] = () =>
            {
                StoredJob job = _scene.Make();
                _scene.Host.Add(job.Job.ProviderJobId!, takes is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
                listener.Begin(job);
            };
            agenda[at + patience + TimeSpan.FromMilliseconds(1)] = listener.GiveUpOldest;
        }

        long begun = _scene.Time.GetTimestamp();
        foreach ((TimeSpan at, Action act) in agenda)
        {
            await _scene.PassAsync(at - _scene.Time.GetElapsedTime(begun));
            act();
        }

        Assert.Equal(Jobs * 23 / 25, listener.Ended);
        Assert.Equal(Jobs * 2 / 25, listener.GivenUp);
        Assert.Equal(0, _scene.Services.Scheduler.Watched);
        Assert.True(listener.WorstDelay <= TimeSpan.FromSeconds(15.1), listener.WorstDelay.ToString());
        // Learnt from the jobs themselves: the catalogue says 60 s, they take 105.
        Assert.True(listener.MeanDelay < 3, listener.MeanDelay + " s");
    }

    private sealed class DayListener(WaitScene scene) : IJobObserver
    {
        private readonly Lock _gate = new();
        private readonly Queue<(string Id, IDisposable Handle)> _oldest = new();
        private readonly HashSet<string> _open = new(StringComparer.Ordinal);
        private TimeSpan _delays;

        public IOperationOutput Log => NullOutput.Instance;

        public int Ended { get; private set; }

        public int GivenUp { get; private set; }

        public TimeSpan WorstDelay { get; private set; }

        public double MeanDelay => _delays.TotalSeconds / Ended;

        public void Begin(StoredJob job)
        {
            lock (_gate)
            {
                _open.Add(job.Job.Id);
                scene.Services.Store.AddAsync(job, CancellationToken.None).GetAwaiter().GetResult();
                _oldest.Enqueue((job.Job.Id, scene.Services.Scheduler.Watch(job, scene.Account, this)));
            }
        }

        public void GiveUpOldest()
        {
            lock (_gate)
            {
                (string id, IDisposable handle) = _oldest.Dequeue();
                handle.Dispose();
                GivenUp += _open.Remove(id) ? 1 : 0;
            }
        }

        public void OnPolled(PollOutcome result)
        {
            SeedanceJob job = result.Stored.Job;
            lock (_gate)
            {
                if (job.State != JobStatus.Succeeded || !_open.Remove(job.Id))
                {
                    return;
                }

                TimeSpan delay = scene.Now - scene.Host[job.ProviderJobId!].EndsAt!.Value;
                WorstDelay = delay > WorstDelay ? delay : WorstDelay;
                _delays += delay;
                Ended++;
            }
        }
    }
}
