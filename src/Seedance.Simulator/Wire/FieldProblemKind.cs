namespace Seedance.Simulator.Wire;

/// <summary>What is wrong with a field.</summary>
internal enum FieldProblemKind
{
    /// <summary>It is required and absent.</summary>
    Missing,

    /// <summary>Its JSON type is another.</summary>
    Type,

    /// <summary>Its value is outside of what is allowed.</summary>
    Value,

    /// <summary>The host has no such field.</summary>
    Unknown,
}
