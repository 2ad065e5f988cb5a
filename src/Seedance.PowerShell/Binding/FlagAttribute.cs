using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A switch that a cell of a table can set: True, False or blank.</summary>
internal sealed class FlagAttribute : CellAttribute
{
    private protected override object? Read(object? cell) =>
        cell is SwitchParameter given ? given : new SwitchParameter(CellText.Flag(cell));
}
