namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>In which of the three documents' words a request speaks.</summary>
internal enum WireflowForm
{
    /// <summary>The Seedance 2.1 guide: inputs by name.</summary>
    Guide,

    /// <summary>The executions page: a whole graph.</summary>
    Graph,

    /// <summary>The run page: inputs by node.</summary>
    Run,
}
