using System.Collections.Generic;
using Seedance.Simulator.Dialects.Apiyi;
using Seedance.Simulator.Dialects.Ark;
using Seedance.Simulator.Dialects.Muapi;
using Seedance.Simulator.Dialects.Native;
using Seedance.Simulator.Dialects.Seedance2Ai;

namespace Seedance.Simulator.Dialects;

/// <summary>Every dialect, one line each.</summary>
internal static class DialectRegistry
{
    public static IReadOnlyList<IDialect> All { get; } =
    [
        new NativeDialect(),
        new MuapiDialect(),
        new Seedance2AiDialect(),
        new ArkDialect("BytePlus", "ark", ArkModels.BytePlus),
        new ArkDialect("Volcengine", "volcengine", ArkModels.Volcengine),
        new ApiyiDialect(),
    ];
}
