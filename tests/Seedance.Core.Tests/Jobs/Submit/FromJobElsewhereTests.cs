using Seedance.Accounts;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Jobs.Submit;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>What a job asked for, asked of another host or another model.</summary>
public sealed class FromJobElsewhereTests : FromJobSuite
{
    public static TheoryData<string> Providers => [.. ProviderRegistry.All.Select(adapter => adapter.Provider.Name)];

    [Fact]
    public void Videos_AtAnotherProvider_NameWhatBelongsToTheOldOne()
    {
        SeedanceJob job =
            Job(new VideoRequest { Prompt = "a fox", Model = "seedance-2.0", Image = "asset://1",
            Options = new Dictionary<string, object?> { ["watermark"] = true } });

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => Single(new VideoInput(), job, input => input with { Whom = [(null, "Fal")] }));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("watermark", error.Message, StringComparison.Ordinal);
        Assert.Contains("asset://1", error.Message, StringComparison.Ordinal);
        AskedVideo moved = Single(new VideoInput { Image = "https://h/a.png", Options = new Dictionary<string, object?>() }, job,
            input => input with { Whom = [(null, "Fal")] });
        Assert.Equal("seedance-2.0", moved.Request.Model);
    }

    /// <summary>What was filled in for the first host is no wish that the second has to meet: a request that it takes stays one.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void Prepare_PlainRequestAtAnyOtherProvider_IsTakenWhereItWouldHaveBeenFromTheStart(string provider)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        RequestTerms chosen = new() { ChosenSeed = 77 };
        int covered = 0;
        foreach (VideoRequest plain in PlainRequests(provider))
        {
            if (TryPrepare(account, plain, chosen) is not { } first)
            {
                continue;
            }

            SeedanceJob job = first.Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;
            foreach (IProviderAdapter other in ProviderRegistry.All.Where(other => other.Provider.Name != provider))
            {
                Account there = TestServices.Account(other);
                if (TryPrepare(there, plain, chosen with { ChosenSeed = first.Request.Seed }) is not { } direct)
                {
                    continue;
                }

                covered++;
                AskedVideo moved = Single(new VideoInput(), job, input => input with { Whom = [(null, other.Provider.Name)] });
                Assert.Equal(Text(direct.Request), Text(PrepareSubmit.Run(there, moved.Request, moved.Options.Terms).Request));
            }
        }

        bool isShared = PlainRequests(provider).Any(plain => ProviderRegistry.All.Any(
            other => other.Provider.Name != provider && other.Models.Any(row => row.Model.Name == plain.Model)));
        Assert.True(covered > 0 || !isShared, "Others have the models of " + provider + ", and none took a request of it.");
    }

    [Fact]
    public void Prepare_SeedThatWasAskedAndTheOtherProviderHasNoneOf_IsNamed()
    {
        VideoRequest asked = new() { Prompt = "a fox", Model = "seedance-2.0", DurationSeconds = 5, Seed = 7 };
        ILookup<bool, IProviderAdapter> hosts = ProviderRegistry.All.Where(host => host.Models.Any(row => row.Model.Name == asked.Model))
            .ToLookup(host => TryPrepare(TestServices.Account(host), asked) is not null);
        PreparedSubmit first = PrepareSubmit.Run(TestServices.Account(hosts[true].First()), asked);
        SeedanceJob job = first.Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;

        Assert.NotEmpty(hosts[false]);
        Assert.All(hosts[false], other =>
        {
            AskedVideo moved = Single(new VideoInput(), job, input => input with { Whom = [(null, other.Provider.Name)] });
            SeedanceException error = Assert.Throws<SeedanceException>(
                () => PrepareSubmit.Run(TestServices.Account(other), moved.Request, moved.Options.Terms));
            Assert.Contains("seed", error.Message, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void Prepare_CopyOfACopy_KnowsStillWhatNobodyAskedFor()
    {
        SeedanceJob first = PrepareSubmit.Run(Muapi, new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini", DurationSeconds = 6 })
            .Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;
        AskedVideo copy = Single(new VideoInput { AspectRatio = "9:16" }, first);
        SeedanceJob second = PrepareSubmit.Run(Muapi, copy.Request, copy.Options.Terms)
            .Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;

        VideoRequest other = Single(new VideoInput { Model = "seedance-2.5" }, second).Request;

        Assert.Equal(first.Filled.Where(part => part != nameof(VideoRequest.AspectRatio)), second.Filled);
        Assert.Equal((6, null, "9:16", null), (other.DurationSeconds, other.Resolution, other.AspectRatio, other.GenerateAudio));
    }

    [Fact]
    public void Prepare_WhatTheOtherModelCannotTake_IsNamedAndNeverDropped()
    {
        PreparedSubmit first = PrepareSubmit.Run(
            Muapi, new VideoRequest { Prompt = "a fox", Model = "seedance-2.5", Image = "https://h/a.png", LastFrame = "https://h/b.png" });
        SeedanceJob job = first.Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;

        string[] others = [.. ProviderRegistry.Find("Muapi")!.Models.GroupBy(row => row.Model.Name, StringComparer.Ordinal)
            .Where(rows => rows.Any(row => row.Model.StartsFrom == GenerationMode.TextToVideo)
                && !rows.Any(row => row.Model.StartsFrom == GenerationMode.FirstLastFrame)).Select(rows => rows.Key)];

        Assert.NotEmpty(others);
        Assert.All(others, other =>
        {
            AskedVideo video = Single(new VideoInput { Model = other }, job);
            SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(Muapi, video.Request));
            Assert.Contains("FirstLastFrame", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Prepare_SoundThatTheOtherModelHasNoSwitchFor_IsNamed()
    {
        ModelCapability silent = ProviderRegistry.All.SelectMany(adapter => adapter.Models)
            .First(row => row.Model is { StartsFrom: GenerationMode.TextToVideo, Source.Length: > 0, Provider: not "Wireflow" }
                && !row.Model.Features.Contains("Audio"));
        Account account = TestServices.Account(ProviderRegistry.Find(silent.Model.Provider));
        VideoRequest request = new() { Prompt = "a fox", Model = silent.Model.Name, GenerateAudio = true };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, request));

        Assert.Contains("sound", error.Message, StringComparison.Ordinal);
        Assert.Null(PrepareSubmit.Run(account, request with { GenerateAudio = null }).Request.GenerateAudio);
    }

    /// <summary>A prompt and a picture or two, by the neutral name of each model that some other provider has, too.</summary>
    private static IEnumerable<VideoRequest> PlainRequests(string provider) =>
        from name in ProviderRegistry.Find(provider)!.Models.Select(row => row.Model.Name).Distinct(StringComparer.Ordinal)
        from last in new[] { null, "https://ex.org/b.png" }
        from image in new[] { null, "https://ex.org/a.png" }
        where last is null || image is not null
        select new VideoRequest { Prompt = "a kite", Model = name, Image = image, LastFrame = last };
}
