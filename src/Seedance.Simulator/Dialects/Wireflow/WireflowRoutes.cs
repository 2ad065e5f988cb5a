namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>
/// Which of Wireflow's routes exist; its documents disagree, and a route of another one is a 404 (Wireflow sheet, section 2, 2026-09).
/// </summary>
public enum WireflowRoutes
{
    /// <summary>All of them.</summary>
    All,

    /// <summary><c>execute</c> with named inputs, <c>executions/{id}</c> (Seedance 2.1 guide).</summary>
    Guide,

    /// <summary><c>execute</c> with a whole graph, <c>workflows/executions/{id}</c> (executions page).</summary>
    Executions,

    /// <summary>As <see cref="Executions"/>, and the submit's body is empty: the id is in its Location alone.</summary>
    ExecutionsByLocation,

    /// <summary><c>run</c> with inputs by node, <c>workflows/executions/{id}/poll</c> (run page).</summary>
    Run,
}
