using Seedance.Simulator.Dialects.Apiyi;
using Seedance.Simulator.Dialects.Ark;
using Seedance.Simulator.Dialects.AtlasCloud;
using Seedance.Simulator.Dialects.Fal;
using Seedance.Simulator.Dialects.ModelsLab;
using Seedance.Simulator.Dialects.Muapi;
using Seedance.Simulator.Dialects.Replicate;
using Seedance.Simulator.Dialects.Seedance2Ai;
using Seedance.Simulator.Dialects.Simulator;
using Seedance.Simulator.Dialects.Wireflow;
using Seedance.Simulator.Endpoints;

namespace Seedance.Simulator.Dialects;

/// <summary>Every dialect, one line each.</summary>
internal static class DialectRegistry
{
    public static IReadOnlyList<IDialect> All { get; } =
    [
        new SimulatorDialect(),
        new MuapiDialect(),
        new Seedance2AiDialect(),
        new WireflowDialect(),
        new ModelsLabDialect(),
        new AtlasCloudDialect(),
        new FalDialect(),
        new ReplicateDialect(),
        new ArkDialect("BytePlus", "byteplus", ArkModels.BytePlus),
        new ArkDialect("Volcengine", "volcengine", ArkModels.Volcengine),
        new ApiyiDialect(),
    ];
}
