using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Jobs.Submit;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>A video that is made from a job is that job's whole request, and what is given over it.</summary>
public sealed class FromJobTests : FromJobSuite
{
    public static TheoryData<string> Providers => [.. ProviderRegistry.All.Select(adapter => adapter.Provider.Name)];

    /// <summary>
    /// Every row of every provider's table, by its neutral name and by the host's own id, with everything that the row has.
    /// </summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void Videos_OfEveryModeOfTheCatalogue_AreTheRequestOfTheJob(string provider)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        Account account = TestServices.Account(adapter);
        int covered = 0;
        foreach (ModelCapability row in adapter.Models)
        {
            foreach (string name in adapter.Provider.UserModelId is null ? [row.Model.Name, row.Model.WireModel] : new[] { "wf_1" })
            {
                foreach (VideoRequest asked in Requests(row.Model).Select(request => request with { Model = name }))
                {
                    if (TryPrepare(account, asked) is not { } prepared)
                    {
                        continue;
                    }

                    covered++;
                    SeedanceJob job = prepared.Record(new SubmitOptions { ClientToken = "t" }, DateTimeOffset.UnixEpoch).Job;
                    AskedVideo copy =
                        Assert.Single(new RequestInput(new VideoInput()).Videos(Of(job), ModelCatalogue.BuiltIn, _ => null, path => path));
                    PreparedSubmit again = PrepareSubmit.Run(account, copy.Request, copy.Options.Terms);

                    Assert.Equal(Text(prepared.Request), Text(again.Request));
                    Assert.Equal((job.WireModel, job.StartsFrom), (again.Capability.Model.WireModel, again.Capability.Model.StartsFrom));
                    Assert.Equal(((string?)null, provider), Assert.Single(copy.Whom));
                    Assert.Equal(job.Id, copy.Options.Entry.DerivedFrom);
                    Assert.Null(copy.Options.ClientToken);
                }
            }
        }

        Assert.True(covered >= adapter.Models.Select(row => row.Model.WireModel).Distinct(StringComparer.Ordinal).Count(),
            provider + ": only " + covered.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Videos_GivenParameters_CountOverTheJob()
    {
        SeedanceJob job =
            Job(new VideoRequest { Prompt = "a fox", Image = "https://h/a.png", DurationSeconds = 4, Resolution = "480p",
            GenerateAudio = false, Seed = 7, Options = new Dictionary<string, object?> { ["x"] = 1L } });

        AskedVideo video =
            Single(new VideoInput { Prompt = "a hare", Resolution = "720p", NoAudio = false, Options = new Dictionary<string, object?>() },
            job);

        Assert.Equal(("a hare", "https://h/a.png", 4, "720p", null, 7L),
            (video.Request.Prompt, video.Request.Image, video.Request.DurationSeconds, video.Request.Resolution,
            video.Request.GenerateAudio, video.Request.Seed));
        Assert.Empty(video.Request.Options);
        Assert.Null(Single(new VideoInput { Cleared = [nameof(VideoInput.Image), nameof(VideoInput.Seed)] }, job).Request.Image);
        Assert.Null(Single(new VideoInput { Cleared = [nameof(VideoInput.Image), nameof(VideoInput.Seed)] }, job).Request.Seed);
    }

    [Fact]
    public void Videos_TheSet_ComesAlongButForTheTokenAndTheBatch()
    {
        SeedanceJob job = Job(new VideoRequest { Prompt = "a fox" }) with { Tag = "shot-04", Take = 2, Batch = "old", ClientToken = "t",
            Rating = 5, Columns = new SheetColumns([new("Client", "Acme")]) };

        SetEntry entry = Single(new VideoInput(), job,
            input => input with
            {
                Options = new SubmitOptions { Entry = new SetEntry { Batch = "new", Columns = new SheetColumns([new("Note", "n")]) } },
            }).Options.Entry;

        Assert.Equal(("shot-04", 2, "new", job.Id), (entry.Tag, entry.Take, entry.Batch, entry.DerivedFrom));
        Assert.Equal(["Acme", "n"], new[] { entry.Columns["Client"], entry.Columns["Note"] });
    }

    [Fact]
    public void Videos_OfAnotherModelAtTheSameProvider_LeaveOpenWhatWasFilledInForTheFirst()
    {
        SeedanceJob job = PrepareSubmit.Run(Muapi, new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini", DurationSeconds = 6 })
            .Record(new SubmitOptions(), DateTimeOffset.UnixEpoch).Job;

        VideoRequest other = Single(new VideoInput { Model = "seedance-2.5" }, job).Request;
        VideoRequest same = Single(new VideoInput { Model = "Seedance-2-Mini" }, job).Request;

        Assert.NotNull(job.Request!.Resolution);
        Assert.Equal((6, null, null, null), (other.DurationSeconds, other.Resolution, other.AspectRatio, other.GenerateAudio));
        Assert.Equal((6, job.Request.Resolution), (same.DurationSeconds, same.Resolution));
    }

    [Theory]
    [InlineData("Muapi", "seedance-2-mini")]
    [InlineData("BytePlus", "seedance-2.0")]
    [InlineData("Fal", "seedance-2.0")]
    [InlineData("Simulator", "seedance-sim")]
    public void DraftThenFinal_AreTheLeastAndTheBestOfTheModelAtTheLengthThatWasAskedFor(string provider, string model)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest asked = new() { Prompt = "a fox", Model = model, DurationSeconds = 10 };

        PreparedSubmit draft = PrepareSubmit.Run(account, asked, new RequestTerms { Shape = RequestShape.Draft, ChosenSeed = 77 });
        SeedanceJob job = draft.Record(
            new SubmitOptions { Terms = new RequestTerms { Shape = RequestShape.Draft } }, DateTimeOffset.UnixEpoch).Job;
        AskedVideo video = Single(
            new VideoInput(), job,
            input => input with { Options = new SubmitOptions { Terms = new RequestTerms { Shape = RequestShape.Final } } });
        PreparedSubmit final = PrepareSubmit.Run(account, video.Request, video.Options.Terms);

        SeedanceModel row = draft.Capability.Model;
        Assert.Equal(row.MinDuration ?? row.Durations.Min(), draft.Request.DurationSeconds);
        Assert.True(draft.Estimate is null || draft.Estimate.Amount < final.Estimate!.Amount);
        Assert.Equal(10, final.Request.DurationSeconds);
        Assert.Equal(draft.Request.Seed, final.Request.Seed);
        Assert.NotEqual(draft.Request.Resolution, final.Request.Resolution);
        Assert.Equal(asked.DurationSeconds, job.Asked!.DurationSeconds);
    }

    [Fact]
    public void Draft_CommandLine_CountsOverTheShapeAndTheRowDoesNot()
    {
        VideoRequest asked = new() { Prompt = "a fox", Model = "seedance-2-mini", DurationSeconds = 8, Resolution = "720p" };

        VideoRequest row = PrepareSubmit.Run(Muapi, asked, new RequestTerms { Shape = RequestShape.Draft }).Request;
        VideoRequest line = PrepareSubmit.Run(
            Muapi, asked, new RequestTerms { Shape = RequestShape.Draft, Fixed = ["Duration", "Resolution"] }).Request;

        Assert.Equal((4, "480p"), (row.DurationSeconds, row.Resolution));
        Assert.Equal((8, "720p"), (line.DurationSeconds, line.Resolution));
    }

    [Fact]
    public void Takes_AreOneForEachSeedOrAsManyAsWereAskedForEachWithItsOwn()
    {
        AskedVideo video = new(new VideoRequest { Prompt = "a fox", Seed = 3 }, [(null, "Muapi")]);

        Assert.Equal([1, 2, 3], video.Takes(null, [1, 2, 3]).Select(take => (int)take.Request.Seed!));
        Assert.Equal([5, 6], video.Takes(2, [5]).Select(take => (int)take.Request.Seed!));
        IReadOnlyList<AskedVideo> four = video.Takes(4, []);
        Assert.Equal([1, 2, 3, 4], four.Select(take => take.Options.Entry.Take));
        Assert.All(four, take => Assert.Null(take.Request.Seed));
        Assert.Equal(4, four.Select(take => take.Options.Terms.ChosenSeed).Distinct().Count());
        Assert.Same(video, Assert.Single(video.Takes(null, [])));
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Throws<SeedanceException>(() => video.Takes(4, [1, 2])).Code);
    }

    [Fact]
    public void Takes_UnderAToken_AreTheSameInEveryRun()
    {
        AskedVideo video = new(new VideoRequest { Prompt = "a fox" }, [(null, "Muapi")])
        {
            Options = new SubmitOptions { ClientToken = "row-7" },
        };

        var first = video.Takes(3, []).Select(take => (take.Options.ClientToken, take.Options.Terms.ChosenSeed)).ToArray();

        Assert.Equal(first, video.Takes(3, []).Select(take => (take.Options.ClientToken, take.Options.Terms.ChosenSeed)));
        Assert.Equal(["row-7", "row-7/2", "row-7/3"], first.Select(take => take.ClientToken));
    }

    [Fact]
    public void Prepare_ChosenSeed_IsUsedWhereTheModelTakesOneAndNowhereElse()
    {
        foreach (SeedanceModel model in ProviderRegistry.All.SelectMany(adapter => adapter.Models).Select(row => row.Model))
        {
            long? seed = Seeds.Fit(int.MaxValue, model);
            Assert.Equal(model.Features.Contains("Seed", StringComparer.OrdinalIgnoreCase), seed is not null);
            Assert.False(seed > model.MaxSeed || seed < model.MinSeed);
        }
    }

    private static IEnumerable<VideoRequest> Requests(SeedanceModel model)
    {
        bool Has(string feature) => model.Features.Contains(feature, StringComparer.OrdinalIgnoreCase);
        VideoRequest plain = new() { Prompt = "a kite" };
        VideoRequest[] media =
        [
            plain,
            plain with { Image = "https://ex.org/a.png" },
            plain with { Image = "https://ex.org/a.png", LastFrame = "https://ex.org/b.png" },
            plain with { ReferenceImages = ["https://ex.org/a.png"] },
            plain with { ReferenceVideos = ["https://ex.org/v.mp4"] },
            plain with { ReferenceImages = ["https://ex.org/a.png"], ReferenceVideos = ["https://ex.org/v.mp4"],
                ReferenceAudios = ["https://ex.org/s.mp3"] },
        ];
        foreach (VideoRequest request in media)
        {
            yield return request;
            yield return request with
            {
                Resolution = model.Resolutions.Count > 0 ? model.Resolutions[^1] : null,
                DurationSeconds = model.Durations.Count > 0 ? model.Durations[0] : model.MinDuration,
                AspectRatio = model.AspectRatios.Count > 0 ? model.AspectRatios[^1] : null,
                GenerateAudio = Has("Audio") ? false : null,
                Seed = Has("Seed") ? 7 : null,
                CameraFixed = Has("CameraFixed") ? true : null,
                HighBitrate = Has("HighBitrate") ? true : null,
                CallbackUri = Has("Callback") ? new Uri("https://h.ex.org/c") : null,
            };
        }
    }
}
