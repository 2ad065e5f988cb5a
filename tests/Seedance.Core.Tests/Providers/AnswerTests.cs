using System.Text.Json.Nodes;

namespace Seedance.Core.Tests.Providers;

/// <summary>
/// What each host answers and what its adapter makes of it: a line of <c>Transcripts/&lt;host&gt;/answers.jsonl</c> for each answer, whose
/// form <see cref="AnswerCase"/> tells. What is one host's alone, and how messages are built, has tests beside this one.
/// </summary>
public sealed class AnswerTests
{
    public static TheoryData<string, string> Answers
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (AnswerCase answer in AnswerTable.Hosts.SelectMany(AnswerTable.Of))
            {
                data.Add(answer.Host, answer.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Read_AnswerOfAHost_IsWhatItsTableSays(string host, string name)
    {
        AnswerCase answer = AnswerTable.Of(host).Single(one => one.Name == name);

        JsonObject read = answer.Read();

        Assert.True(answer.Fits(read), "expected " + answer.Expected.ToJsonString() + "\n but was  " + read.ToJsonString());
    }

    public static TheoryData<string> Hosts => [.. AnswerTable.Hosts];

    /// <summary>A word that nobody has met must not end a paid job.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void Table_OfAHost_HasAStatusWordThatIsUnknown(string host) => Assert.Contains(
        AnswerTable.Of(host), answer => answer.IsOfAWord && answer.Expected["status"] is null);
}
