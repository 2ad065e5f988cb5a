using System.Collections.Concurrent;
using Seedance.Core.Tests.Providers;
using Seedance.Providers;

namespace Seedance.Core.Tests.Fuzz;

/// <summary>
/// 20,000 answers that no host should give, over submit, poll, list, balance, upload, callback and media at every provider. SEEDANCE_FUZZ
/// sets another number; the cases of a larger run begin with those of a smaller one.
/// </summary>
public sealed class FuzzTests
{
    private const int Cases = 20_000;
    private const int Largest = 20_000; // Of one state folder.
    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Operation_AnyAnswer_EndsInWordsOfOursWithoutTheKeyAndIsSentOnce(string provider)
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("SEEDANCE_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture,
            out int asked) ? asked : Cases;
        int each = (cases + ProviderRegistry.Names.Count - 1) / ProviderRegistry.Names.Count;
        int step = Math.Min(Largest, (each + Environment.ProcessorCount - 1) / Environment.ProcessorCount);
        ConcurrentQueue<string> wrong = new();
        int errors = 0;
        int results = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (each + step - 1) / step).Select(part => part * step),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = TestContext.Current.CancellationToken },
            async (from, _) =>
            {
                using FuzzRun run = new(provider, WireText.HostOf(provider));
                await run.RunAsync(from, Math.Min(step, each - from));
                run.Wrong.ForEach(wrong.Enqueue);
                Interlocked.Add(ref errors, run.Errors);
                Interlocked.Add(ref results, run.Results);
            });

        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong));
        Assert.InRange(errors, each / 4, each * 5); // The answers were as bad as they should be,
        Assert.InRange(results, each / 50, each * 5); // and some of them were taken for what they said.
    }
}
