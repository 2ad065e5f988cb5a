namespace Seedance.Simulator.Tasks;

/// <summary>
/// Words in a prompt that choose how a job goes, for runbook authors: <c>[refuse]</c> is refused at submit, <c>[fail]</c> ends
/// failed, <c>[never]</c> stays running, <c>[slow]</c> runs for a minute. They work in every dialect.
/// </summary>
internal static class PromptDirectives
{
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(60);

    public static bool Refuses(string prompt) => Has(prompt, "[refuse]");

    public static SimulatorTask Apply(SimulatorTask task) => task with
    {
        Outcome = Has(task.Prompt, "[fail]") ? SimulatorTaskOutcome.ContentRefused
            : Has(task.Prompt, "[never]") ? SimulatorTaskOutcome.NeverEnds
            : task.Outcome,
        RunTime = Has(task.Prompt, "[slow]") ? s_slow : task.RunTime,
    };

    private static bool Has(string prompt, string mark) => prompt.IndexOf(mark, StringComparison.OrdinalIgnoreCase) >= 0;
}
