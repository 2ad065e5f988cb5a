using Seedance.Records;

namespace Seedance.TestKit;

/// <summary>Objects with every field filled.</summary>
internal static class Samples
{
    private static int s_made;

    public static StoredJob StoredJob()
    {
        DateTimeOffset created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return new StoredJob(new SeedanceJob
        {
            Id = JobId.Create(created.AddMilliseconds(Interlocked.Increment(ref s_made) % 1000)), // No two alike by chance.
            Provider = "Simulator",
            Profile = "studio",
            Endpoint = new Uri("http://simulator.invalid/simulator"),
            Model = "seedance-2.1",
            WireModel = "seedance-2.1-text-to-video",
            StartsFrom = GenerationMode.TextToVideo,
            Prompt = "雪の狐 🦊 \"quoted\"",
            Request = new VideoRequest
            {
                Prompt = "雪の狐 🦊 \"quoted\"",
                Model = "seedance-2.1",
                ReferenceImages = ["https://media.example/a.png"],
                DurationSeconds = 5,
                Resolution = "720p",
                AspectRatio = "16:9",
                GenerateAudio = false,
                Seed = 4294967295,
                CallbackUri = new Uri("https://hooks.example/x"),
                Options = new Dictionary<string, object?> { ["list"] = new object?[] { 1L, "two" }, ["flag"] = true },
            },
            Asked = new VideoRequest { Prompt = "asked", DurationSeconds = 10, Upscale = "4k" },
            Filled = ["Resolution", "AspectRatio"],
            ClientToken = "row-7",
            ProviderJobId = "p-1",
            State = JobStatus.Running,
            Progress = 40,
            CreatedAt = created,
            SubmittedAt = created.AddSeconds(1),
            StartedAt = created.AddSeconds(2),
            LastCheckedAt = created.AddSeconds(3),
            Outputs = [new JobOutput { Url = new Uri("https://media.example/v.mp4?sig=1"), Width = 1280, Height = 720,
                DurationSeconds = 5.04 }],
            Seed = 7,
            EstimatedCost = new SeedanceCost { Amount = 0.75m, Unit = "USD", IsEstimate = true, Source = "price list, 2026-09" },
            ActualCost = new SeedanceCost { Amount = 0.8m, Unit = "USD", Source = "answer" },
            Error = new JobError { Code = "JobFailed", ProviderCode = "E1", Message = "no", RequestId = "r" },
            Attempts = [new JobAttempt { Provider = "Muapi", Profile = "p", Code = "InsufficientCredits", Message = "no" }],
            Tag = "shot-04, neon",
            Batch = "storyboard",
            Row = 4,
            Take = 2,
            DerivedFrom = "20260228-120000-000abcd",
            Rating = 0,
            Columns = new SheetColumns([new("Client", "\u96EA \"Ltd\""), new("Note", "one\ntwo; three = 3")]),
            IsSimulated = true,
        })
        {
            IsBooked = true,
            Media = new Dictionary<string, string> { ["/pictures/a.png"] = "0123" },
            Notes = new Dictionary<string, string> { ["route"] = "executions" },
            Owner = ProcessMark.Current,
        };
    }
}
