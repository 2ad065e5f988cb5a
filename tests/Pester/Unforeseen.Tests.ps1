BeforeAll {
    . $PSScriptRoot/Session.ps1
    Add-Type -TypeDefinition @'
public class Unspeakable
{
    public override string ToString() { throw new System.InvalidOperationException("it has no text"); }
}
'@
    function Get-Unreadable {
        $row = [pscustomobject]@{ Prompt = 'a red fox' }
        $row | Add-Member -MemberType ScriptProperty -Name Shot -Value { throw 'the share is gone' } -PassThru
    }
}

Describe 'What nobody foresaw' {
    BeforeEach { Reset-SeedanceState }

    It 'is an error of its own row, and the next row has its turn' {
        $run = Invoke-Collected { (Get-Unreadable), 'an owl' | New-SeedanceVideo -Provider Simulator -Model seedance-sim }
        $run.Terminated | Should -BeNullOrEmpty
        $run.Output.Prompt | Should -Be 'an owl'
        $run.Errors | Get-ErrorCode | Should -Be 'Unexpected'
        "$($run.Errors)" | Should -BeLike '*the share is gone*'

        $run = Invoke-Collected { (Get-Unreadable), 'an owl' | Measure-SeedanceVideo -Provider Simulator -Model seedance-sim -Offline }
        $run.Terminated | Should -BeNullOrEmpty
        @($run.Output).Count | Should -Be 1
        $run.Errors | Get-ErrorCode | Should -Be 'Unexpected'
    }

    It 'is an error of its own callback' {
        $run = Invoke-Collected { (Get-Unreadable), '{"no":"job"}' | ConvertFrom-SeedanceCallback -Provider Muapi }
        $run.Terminated | Should -BeNullOrEmpty
        @($run.Errors).Count | Should -Be 2
        $run.Errors[0] | Get-ErrorCode | Should -Be 'Unexpected'
    }

    It 'is an error of its own template' {
        $run = Invoke-Collected { '{animal} in the snow', 'an owl' | New-SeedancePrompt -Value @{ animal = [Unspeakable]::new() } }
        $run.Terminated | Should -BeNullOrEmpty
        @($run.Errors).Count | Should -Be 2
        $run.Errors | Get-ErrorCode | Select-Object -Unique | Should -Be 'Unexpected'
    }
}
