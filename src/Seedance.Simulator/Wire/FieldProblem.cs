namespace Seedance.Simulator.Wire;

/// <summary>Why a host would not take a field; each dialect spells it its own way.</summary>
internal sealed record FieldProblem(FieldProblemKind Kind, string Field, string Message);
