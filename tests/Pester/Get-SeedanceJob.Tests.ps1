BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Get-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
        $jobs = 'a red fox', 'a grey hare', 'an owl' | New-SeedanceVideo -Provider Simulator -Model seedance-sim
    }

    It 'lists every job' { @(Get-SeedanceJob).Count | Should -Be 3 }

    It 'finds by id, by several ids, and through the pipeline' {
        (Get-SeedanceJob $jobs[0].Id).Prompt | Should -Be 'a red fox'
        @(Get-SeedanceJob -Id $jobs[0].Id, $jobs[2].Id).Count | Should -Be 2
        @($jobs | Get-SeedanceJob).Count | Should -Be 3
        @($jobs.Id | Get-SeedanceJob).Count | Should -Be 3
    }

    It 'filters by prompt, provider, status, time and number' {
        (Get-SeedanceJob -Prompt '*FOX*').Id | Should -Be $jobs[0].Id
        @(Get-SeedanceJob -Provider muapi).Count | Should -Be 0
        @(Get-SeedanceJob -Provider simulator -Unfinished).Count | Should -Be 3
        @(Get-SeedanceJob -Status Succeeded, Failed).Count | Should -Be 0
        @(Get-SeedanceJob -After (Get-Date).AddHours(-1) -Before (Get-Date).AddHours(1)).Count | Should -Be 3
        @(Get-SeedanceJob -After (Get-Date).AddHours(1)).Count | Should -Be 0
        (Get-SeedanceJob -Newest 1).Prompt | Should -Be 'an owl'
    }

    It 'takes the moment of a job as a bound, in every culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            foreach ($name in 'en-US', 'de-DE', 'th-TH') {
                [cultureinfo]::CurrentCulture = $name
                (Get-SeedanceJob -After $jobs[2].CreatedAt).Id | Should -Be $jobs[2].Id
                (Get-SeedanceJob -Before $jobs[0].CreatedAt).Id | Should -Be $jobs[0].Id
                @(Get-SeedanceJob -After ([datetime]::Now.AddMinutes(-5))).Count | Should -Be 3
                @(Get-SeedanceSpend -After $jobs[0].CreatedAt).Day | Should -Be $jobs[0].CreatedAt.UtcDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
                (Get-SeedanceSpend | ConvertTo-Csv)[1] | Should -Match '^"\d{4}-\d\d-\d\d",'
            }
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'asks the provider with -Refresh' {
        $null = $jobs | Wait-SeedanceJob -TimeoutSec 60
        (Get-SeedanceJob -Id $jobs[0].Id -Refresh).Status | Should -Be 'Succeeded'
    }

    It 'says Status and Mode in words in JSON, Clixml and CSV, and they equal words there too' {
        $file = Join-Path -Path $TestDrive -ChildPath jobs.xml
        $jobs | Export-Clixml -Path $file
        foreach ($back in ($jobs | ConvertTo-Json -Depth 5 | ConvertFrom-Json), (Import-Clixml -Path $file), ($jobs | ConvertTo-Csv | ConvertFrom-Csv), $jobs) {
            @($back | Where-Object { $_.Status -eq 'Queued' -or $_.Status -eq 'Running' }).Count | Should -Be 3
            @($back | Where-Object Mode -EQ TextToVideo).Count | Should -Be 3
        }

        $jobs[0].Mode -eq [Seedance.GenerationMode]::TextToVideo | Should -BeTrue
        [Seedance.JobStatus]::Succeeded -eq ($jobs[0] | Wait-ByRefresh).Status | Should -BeTrue
        (Get-SeedanceModel -Provider Simulator -Detailed | ConvertTo-Json | ConvertFrom-Json)[0].Mode | Should -Be 'TextToVideo'
    }

    It 'asks about all that is piped, in its order, and a bad one stops no other' {
        $null = $jobs | Wait-SeedanceJob -TimeoutSec 60
        $ids = @($jobs.Id; '20260901-120000-aaaaaaa'; $jobs.Id; $jobs.Id; $jobs.Id)
        $result = Invoke-Collected { $ids | Get-SeedanceJob -Refresh }
        $result.Output.Id | Should -Be @($ids.Where({ $_ -ne '20260901-120000-aaaaaaa' }))
        $result.Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        ($ids | Get-SeedanceJob -Refresh -ErrorAction Ignore | Select-Object -First 1).Id | Should -Be $ids[0]
    }

    It 'reports an unknown id and writes the others' {
        $result = Invoke-Collected { Get-SeedanceJob -Id 'nope', $jobs[1].Id }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
        $result.Errors[0].TargetObject | Should -Be 'nope'
        $result.Output.Id | Should -Be $jobs[1].Id
    }
}

Describe 'Get-SeedanceJob -ProviderJobId' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $made = New-SeedanceVideo 'a fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p
        Set-NewStateFolder
    }

    It 'takes up a job that was made elsewhere, once' {
        $job = Get-SeedanceJob -Provider Muapi -ProviderJobId $made.ProviderJobId -WireModel $made.WireModel
        $job.Id | Should -Not -Be $made.Id
        $job.Model | Should -Be 'seedance-2-mini'
        $job.IsSimulated | Should -BeTrue
        (Get-SeedanceJob -Provider Muapi -ProviderJobId $made.ProviderJobId).Id | Should -Be $job.Id
        $saved = $job | Wait-ByRefresh | Save-SeedanceVideo -Destination (Join-Path -Path $TestDrive -ChildPath 'adopted')
        $saved.Outputs[0].Path | Should -Exist
        Get-SeedanceSpend | Should -BeNullOrEmpty -Because 'it was paid for elsewhere'
    }

    It 'records nothing for an id that nobody knows, and goes on with the others' {
        $result = Invoke-Collected { Get-SeedanceJob -Provider Muapi -ProviderJobId 'nope', $made.ProviderJobId }
        $result.Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        $result.Output.ProviderJobId | Should -Be $made.ProviderJobId
        @(Get-SeedanceJob).Count | Should -Be 1
    }
}

Describe 'Get-SeedanceJob -AtProvider' {
    BeforeEach { Reset-SeedanceState }

    It 'pipes what this state folder does not know into a wait and a save' {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $made = 'a fox', 'a hare' | New-SeedanceVideo -Provider Replicate -Model seedance-2.0 -Resolution 480p
        $made | Remove-SeedanceJob -Force -Confirm:$false
        $saved = @(Get-SeedanceJob -AtProvider -Provider Replicate | Wait-SeedanceJob | Save-SeedanceVideo -Destination $TestDrive)
        $saved.ProviderJobId | Sort-Object | Should -Be @($made.ProviderJobId | Sort-Object)
        $saved | ForEach-Object { $_.Outputs[0].Path } | Should -Exist
        @(Get-SeedanceJob).Count | Should -Be 2
        @(Get-SeedanceJob -AtProvider -Provider Replicate | Where-Object Id -EQ '').Count | Should -Be 0
    }
}

Describe 'The lists of a job' {
    It 'can be indexed when they hold several' {
        Reset-SeedanceState
        $job = New-SeedanceVideo 'a fox' -ReferenceImage 'https://example.com/a.png', 'https://example.com/b.png' -Provider Simulator
        foreach ($one in $job, (Get-SeedanceJob -Id $job.Id)) {
            $one.Request.ReferenceImages[0] | Should -Be 'https://example.com/a.png'
            $one.Request.ReferenceImages[1] | Should -Be 'https://example.com/b.png'
        }

        (Get-SeedanceModel -Provider Muapi)[0].Resolutions[0] | Should -Match '^\w+$'
    }
}

Describe 'Get-SeedanceJob -ExpiringWithin' {
    It 'finds what succeeded, is not saved and will lapse' {
        Reset-SeedanceState
        $null = Start-QuickSimulator
        $job = New-SeedanceVideo 'a fox' -Provider Simulator | Wait-SeedanceJob
        (Get-SeedanceJob -ExpiringWithin ([timespan]::FromDays(30))).Id | Should -Be $job.Id
        Get-SeedanceJob -ExpiringWithin ([timespan]::FromSeconds(1)) | Should -BeNullOrEmpty
        $null = $job | Save-SeedanceVideo -Destination (Join-Path -Path $TestDrive -ChildPath 'expiring')
        Get-SeedanceJob -ExpiringWithin ([timespan]::FromDays(30)) | Should -BeNullOrEmpty
    }
}

Describe 'The views of jobs' {
    BeforeAll {
        Reset-SeedanceState
        $PSStyle.OutputRendering = 'PlainText'
        $job = New-SeedanceVideo -Prompt ('a very long prompt ' * 20) -Provider Simulator -Model seedance-2-mini
    }

    It 'fits 80 columns and marks what is simulated' {
        $lines = ($job | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -match '\(SIM\)' | Should -HaveCount 1
        $lines -match $job.Id.Substring(16) | Should -HaveCount 1
    }

    It 'marks it in the list, and for deserialized objects' {
        ($job | Format-List | Out-String -Width 80) | Should -Match 'SIMULATED'
        $file = Join-Path -Path $TestDrive -ChildPath 'view.xml'
        $job | Export-Clixml -Path $file
        (Import-Clixml -Path $file | Format-Table | Out-String -Width 80) | Should -Match '\(SIM\)'
    }

    It 'fits 80 columns for the other nouns' {
        Set-SeedanceProfile -Name a-profile-with-a-long-name -Provider Muapi -KeyVariable SOME_VERY_LONG_VARIABLE_NAME_FOR_A_KEY -Model seedance-2-mini
        $simulator = Start-SeedanceSimulator
        $text = & { Get-SeedanceModel | Format-Table; Get-SeedanceCredits -Provider Simulator | Format-Table; Get-SeedanceProfile | Format-Table; Get-SeedanceSpend | Format-Table; Measure-SeedanceVideo a -Model seedance-2.0 | Format-Table; $simulator | Format-Table } | Out-String -Width 80
        (($text -split '\r?\n') | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        Stop-SeedanceSimulator
    }

    It 'tells with -Trace why a job failed and who said so, in 80 columns' {
        $job = New-SeedanceVideo -Prompt 'a lion [fail]' -Provider Simulator | Wait-SeedanceJob -ErrorAction SilentlyContinue
        $trace = @(Get-SeedanceJob -Id $job.Id -Trace)

        $trace[0].Step | Should -Be 'Submit'
        $trace[-1].Step, $trace[-1].SaidBy, $trace[-1].Code | Should -Be 'Result', 'Simulator', 'ContentRejected'
        $trace[-1].Text | Should -Match '-> Failed: The prompt asks for what this host does not make'
        $lines = ($trace | Format-Table | Out-String -Width 80) -split '\r?\n'
        @($lines | Where-Object Length -GT 80).Count | Should -Be 0
        $lines -match 'Simulator' | Should -Not -BeNullOrEmpty
    }
}
