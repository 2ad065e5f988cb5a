namespace Seedance;

/// <summary>Where an operation speaks to its user. A cmdlet and the tests each have one.</summary>
internal interface IOperationOutput
{
    /// <summary>A result.</summary>
    void Write(object item);

    /// <summary>One item went wrong; the others go on.</summary>
    void Error(SeedanceException error);

    /// <summary>Something the user should change.</summary>
    void Warn(string text);

    /// <summary>What is being done.</summary>
    void Verbose(string text);

    /// <summary>Wire detail, already redacted.</summary>
    void Debug(string text);

    /// <summary>How far a long operation is.</summary>
    void Progress(OperationProgress progress);
}
