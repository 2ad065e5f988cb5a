BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Wait-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
    }

    It 'writes each job when it has ended, whatever the order of input' {
        $jobs = '[slow] a fox', 'a hare' | New-SeedanceVideo -Provider Simulator -Model seedance-sim
        $first = $jobs | Wait-SeedanceJob -Any -TimeoutSec 30
        $first.Prompt | Should -Be 'a hare'
        $first.Status | Should -Be 'Succeeded'
    }

    It 'reports one WaitTimeout per unfinished job, which says how to go on' {
        $jobs = '[never] a', '[never] b' | New-SeedanceVideo -Provider Simulator -Model seedance-sim
        $result = Invoke-Collected { $jobs | Wait-SeedanceJob -TimeoutSec 1 }
        $result.Output.Count | Should -Be 0
        $result.Errors.Count | Should -Be 2
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        $result.Errors[0].TargetObject.Id | Should -Be $jobs[0].Id
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*Wait-SeedanceJob -Id $($jobs[0].Id)*"
    }

    It 'writes a failed job, then reports it' {
        $result = Invoke-Collected { New-SeedanceVideo -Prompt '[fail] a fox' -Provider Simulator -Model seedance-sim | Wait-SeedanceJob -TimeoutSec 30 }
        $result.Output.Status | Should -Be 'Failed'
        $result.Errors.Count | Should -Be 1
        ($result.Errors[0].FullyQualifiedErrorId -split ',')[0] | Should -BeIn @('JobFailed', 'ContentRejected')
    }

    It 'reports an unknown id and goes on with the others' {
        $job = New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim
        $result = Invoke-Collected { 'no-such-job', $job.Id | Wait-SeedanceJob -TimeoutSec 30 }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
        $result.Output.Status | Should -Be 'Succeeded'
    }

    It 'shows and completes one progress bar' {
        Stop-SeedanceSimulator -WarningAction SilentlyContinue
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 2 # A job that ends at once shows no progress.
        $session = [powershell]::Create().AddScript("Import-Module -Name '$ManifestPath'; New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim | Wait-SeedanceJob")
        $null = $session.Invoke()
        $bars = @($session.Streams.Progress).Where({ $_.Activity -like '*Seedance*' })
        $bars.Count | Should -BeGreaterThan 1
        $bars.ActivityId | Select-Object -Unique | Should -HaveCount 1
        $bars[-1].RecordType | Should -Be 'Completed'
        $session.Dispose()
    }

    It 'ends on Ctrl+C while its jobs go on' {
        $session = [powershell]::Create().AddScript("Import-Module -Name '$ManifestPath'; New-SeedanceVideo -Prompt '[never] a fox' -Provider Simulator -Model seedance-sim; New-SeedanceVideo -Prompt '[never] b' -Provider Simulator -Model seedance-sim | Wait-SeedanceJob")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $session.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $started = [datetime]::UtcNow
        while ($output.Count -eq 0 -or $session.Streams.Progress.Count -eq 0) {
            if (([datetime]::UtcNow - $started).TotalSeconds -gt 60) { throw 'The wait never began.' }
            Start-Sleep -Milliseconds 50
        }
        $session.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
        $running.IsCompleted | Should -BeTrue
        (Get-SeedanceJob -Unfinished).Prompt | Should -Be '[never] a fox', '[never] b'
        $session.Dispose()
    }
}

Describe 'Jobs that come back as property bags' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
        $job = New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim
    }

    It 'binds from Clixml' {
        $file = Join-Path -Path $TestDrive -ChildPath 'job.xml'
        $job | Export-Clixml -Path $file
        (Import-Clixml -Path $file | Wait-SeedanceJob -TimeoutSec 30).Status | Should -Be 'Succeeded'
    }

    It 'binds from JSON' {
        ($job | ConvertTo-Json -Depth 5 | ConvertFrom-Json | Wait-SeedanceJob -TimeoutSec 30).Status | Should -Be 'Succeeded'
    }

    It 'binds from a CSV' {
        ($job | Select-Object -Property Id, Provider, Prompt | ConvertTo-Csv | ConvertFrom-Csv | Wait-SeedanceJob -TimeoutSec 30).Status | Should -Be 'Succeeded'
    }

    It 'binds by id' {
        ($job.Id | Wait-SeedanceJob -TimeoutSec 30).Status | Should -Be 'Succeeded'
        (Wait-SeedanceJob $job.Id).Status | Should -Be 'Succeeded'
    }

    It 'binds from Start-Job and from Start-ThreadJob' {
        $manifest = $ManifestPath
        $made = Start-Job -ScriptBlock { Import-Module $using:manifest; New-SeedanceVideo 'in a job' -Provider Simulator -Model seedance-sim } | Receive-Job -Wait -AutoRemoveJob
        $made.PSObject.TypeNames | Should -Contain 'Deserialized.Seedance.SeedanceJob'
        ($made | Wait-SeedanceJob -TimeoutSec 30).Prompt | Should -Be 'in a job'
        $threaded = Start-ThreadJob -ScriptBlock { Import-Module $using:manifest; New-SeedanceVideo 'in a thread' -Provider Simulator -Model seedance-sim } | Receive-Job -Wait -AutoRemoveJob
        ($threaded | Wait-SeedanceJob -TimeoutSec 30).Prompt | Should -Be 'in a thread'
    }

    It 'carries a job to another state folder, and believes nothing but its name' {
        $file = Join-Path -Path $TestDrive -ChildPath 'moved.xml'
        $job | Export-Clixml -Path $file
        Set-NewStateFolder
        $found = Import-Clixml -Path $file | Wait-SeedanceJob -TimeoutSec 30
        $found.Id | Should -Be $job.Id
        $found.Status | Should -Be 'Succeeded'
    }

    It 'is found, waited for and saved by another process' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'saved'
        $saved = Invoke-NewProcess "Get-SeedanceJob -Unfinished | Wait-SeedanceJob -TimeoutSec 60 | Save-SeedanceVideo -Destination '$folder' | ForEach-Object { `$_.Outputs[0].Path }"
        $saved | Should -Exist
        (Get-SeedanceJob -Id $job.Id).Outputs[0].Path | Should -Be $saved
    }
}
