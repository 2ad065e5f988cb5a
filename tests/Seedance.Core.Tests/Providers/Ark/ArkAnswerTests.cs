using Seedance.Providers;
using Seedance.Providers.Ark;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Ark;

public sealed class ArkAnswerTests
{
    private static readonly ArkAdapter s_ark = ArkHosts.CreateBytePlus();
    private static readonly ProviderJob s_job = new() { Id = "cgt-20260801120000-ab12c", WireModel = "dreamina-seedance-2-0-260128" };

    [Fact]
    [Trait("Sheet", "bytedance-ark §2 DELETE by state")]
    public void Cancel_SameMessageWouldEraseAFinishedTask_SoOnlyWhileQueued()
    {
        WireRequest message = s_ark.BuildCancel(s_job with { Id = "cgt/1" });

        Assert.True(s_ark.OnlyWhileQueued);
        Assert.Equal((HttpMethod.Delete, "contents/generations/tasks/cgt%2F1"), (message.Method, message.Route));
    }

    [Fact]
    public void List_ByIds_RepeatsTheFilter()
    {
        Assert.Equal(100, s_ark.IdsPerList);
        Assert.Equal(
            "contents/generations/tasks?page_num=1&page_size=2&filter.task_ids=cgt-1&filter.task_ids=cgt%262",
            s_ark.BuildList(new ListQuery { Ids = ["cgt-1", "cgt&2"] }).Route);
    }

    [Fact]
    public void List_All_GoesPageByPageUntilTheTotal()
    {
        ListQuery second = new() { Cursor = "2" };

        Assert.Equal("contents/generations/tasks?page_num=1&page_size=500", s_ark.BuildList(new ListQuery()).Route);
        Assert.Equal("contents/generations/tasks?page_num=2&page_size=500", s_ark.BuildList(second).Route);
        Assert.Equal("3", s_ark.ReadList(second, Answer(200, """{"total":1001,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(second, Answer(200, """{"total":1000,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(second, Answer(200, """{"total":1001,"items":[]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(
            new ListQuery { Ids = ["a"] }, Answer(200, """{"total":1001,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
    }

    [Fact]
    public void ReadList_Items_AreReadAsPollsAre()
    {
        ListReading reading = s_ark.ReadList(new ListQuery { Ids = ["cgt-20260801120000-ab12c", "cgt-2"] }, Transcript("ark", "list"));

        Assert.Equal(["cgt-20260801120000-ab12c", "cgt-2"], reading.Jobs.Select(job => job.Id));
        Assert.Equal([JobStatus.Running, JobStatus.Succeeded], reading.Jobs.Select(job => job.Update.Status!.Value));
        Assert.Equal(("seedance-1-5-pro-251215", DateTimeOffset.FromUnixTimeSeconds(1785585601)),
            (reading.Jobs[1].WireModel, reading.Jobs[1].CreatedAt));
        Assert.Equal((496, 864, 50000m),
            (reading.Jobs[1].Update.Outputs[0].Width, reading.Jobs[1].Update.Outputs[0].Height, reading.Jobs[1].Update.Cost!.Amount));
    }

    [Fact]
    public void BuildPoll_Id_IsEscaped() =>
        Assert.Equal("contents/generations/tasks/a%2Fb", s_ark.BuildPoll(s_job with { Id = "a/b" }).Route);
}
