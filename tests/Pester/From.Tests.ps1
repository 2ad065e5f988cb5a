BeforeAll {
    . $PSScriptRoot/Session.ps1
    $picture = Join-Path -Path $TestDrive -ChildPath 'picture.png'
    function Write-Picture([byte] $Last) { [System.IO.File]::WriteAllBytes($picture, [byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) + [byte[]]::new(64) + $Last) }
    function ConvertTo-Text($Request) { $Request | ConvertTo-Json -Depth 5 -Compress }
}

Describe 'New-SeedanceVideo from a job' {
    BeforeEach {
        Reset-SeedanceState
        Write-Picture 0
        $sim = @{ Provider = 'Simulator'; Model = 'seedance-sim' }
        $job = New-SeedanceVideo -Prompt 'a kite' @sim -Resolution 480p -Duration 4 -NoAudio -Image $picture -Seed 7 -ClientToken row-1 -Tag shot-01
    }

    It 'makes the same video again: <Name>' -ForEach @(
        @{ Name = 'piped'; Again = { $job | New-SeedanceVideo } }
        @{ Name = 'named'; Again = { New-SeedanceVideo -From $job } }
        @{ Name = 'by id'; Again = { New-SeedanceVideo -From $job.Id } }
        @{ Name = 'by the tail of its id'; Again = { New-SeedanceVideo -From $job.Id.Substring($job.Id.Length - 7) } }
        @{ Name = 'from Clixml'; Again = { Export-Clixml -InputObject $job -Path "$TestDrive/j.xml"; Import-Clixml -Path "$TestDrive/j.xml" | New-SeedanceVideo } }
        @{ Name = 'from JSON'; Again = { $job | ConvertTo-Json -Depth 5 | ConvertFrom-Json | New-SeedanceVideo } }
        @{ Name = 'from Export-Csv'; Again = { $job | Export-Csv -Path "$TestDrive/j.csv"; Import-Csv -Path "$TestDrive/j.csv" | New-SeedanceVideo } }
        @{ Name = 'from a row that names it'; Again = { [pscustomobject]@{ From = $job.Id; Prompt = '' ; NoAudio = '' } | New-SeedanceVideo -Prompt 'a kite' } }
    ) {
        $copy = & $Again
        $copy.Id | Should -Not -Be $job.Id
        ConvertTo-Text $copy.Request | Should -Be (ConvertTo-Text $job.Request)
        $copy.Mode | Should -Be 'ImageToVideo'
        $copy.DerivedFrom | Should -Be $job.Id
        $copy.ClientToken | Should -BeNullOrEmpty
        $copy.Tag | Should -Be 'shot-01'
        $copy.EstimatedCost.Amount | Should -Be $job.EstimatedCost.Amount
    }

    It 'makes the request by itself again' {
        $copy = $job.Request | New-SeedanceVideo -Provider Simulator
        ConvertTo-Text $copy.Request | Should -Be (ConvertTo-Text $job.Request)
        $copy.DerivedFrom | Should -BeNullOrEmpty
        $json = $job.Request | ConvertTo-Json -Depth 5 | ConvertFrom-Json | New-SeedanceVideo -Provider Simulator
        ConvertTo-Text $json.Request | Should -Be (ConvertTo-Text $job.Request)
    }

    It 'lets what is given count over the job' {
        $copy = $job | New-SeedanceVideo -Resolution 720p -NoAudio:$false -Image '' -Seed 8
        $copy.Request.Resolution | Should -Be '720p'
        $copy.Request.GenerateAudio | Should -BeTrue
        $copy.Mode | Should -Be 'TextToVideo'
        $copy.Seed | Should -Be 8
        $copy.Request.DurationSeconds | Should -Be 4
    }

    It 'makes drafts, and finals of the chosen ones at the length that was asked for' {
        $drafts = 'a fox', 'a hare' | New-SeedanceVideo @sim -Draft -Take 2
        $drafts.Count | Should -Be 4
        $drafts.Take | Should -Be @(1, 2, 1, 2)
        @($drafts.Seed | Select-Object -Unique).Count | Should -Be 4
        $rows = [pscustomobject]@{ Prompt = 'a fox'; Duration = 10 } | New-SeedanceVideo @sim -Draft
        $rows.Request.DurationSeconds | Should -BeLessThan 10
        $final = $rows | New-SeedanceVideo -Final
        $final.Request.DurationSeconds | Should -Be 10
        $final.DerivedFrom | Should -Be $rows.Id
        $final.EstimatedCost.Amount | Should -BeGreaterThan $rows.EstimatedCost.Amount
        ($drafts[0] | New-SeedanceVideo -Final).Request.DurationSeconds | Should -Be 5
        $second = Get-SeedanceJob -Id $drafts[1].Id | New-SeedanceVideo -Final
        $second.Seed | Should -Be $drafts[1].Seed
        $second.Take | Should -Be 2
        { New-SeedanceVideo 'a fox' @sim -Draft -Final } | Should -Throw
    }

    It 'pays no draft and no take twice with -Reuse' {
        $first = New-SeedanceVideo 'a fox' @sim -Draft -Take 3 -Reuse
        $again = New-SeedanceVideo 'a fox' @sim -Draft -Take 3 -Reuse
        $again.Id | Should -Be $first.Id
        (New-SeedanceVideo 'a fox' @sim -Reuse).Id | Should -Not -BeIn $first.Id
    }

    It 'makes one for each seed' {
        (New-SeedanceVideo 'a fox' @sim -Seed 1, 2, 3).Seed | Should -Be @(1, 2, 3)
        (Invoke-Collected { New-SeedanceVideo 'a fox' @sim -Seed 1, 2 -Take 4 }).Errors[0] | Get-ErrorCode | Should -Be 'InvalidRequest'
    }

    It 'refuses with one error when the picture is <Name>' -ForEach @(
        @{ Name = 'gone'; Change = { Remove-Item -Path $picture } }
        @{ Name = 'changed'; Change = { Write-Picture 9 } }
    ) {
        & $Change
        $result = Invoke-Collected { $job, $job | New-SeedanceVideo -Image $picture.Replace('picture', 'none') ; $job | New-SeedanceVideo }
        $result.Errors.Count | Should -Be 3
        $result.Errors[2].ErrorDetails.Message | Should -Match "$($job.Id) are not what they were: .*picture\.png ($Name|has changed since|is gone)"
        $result.Output.Count | Should -Be 0
        Write-Picture 0
        ($job | New-SeedanceVideo).Mode | Should -Be 'ImageToVideo'
    }

    It 'says of <Name> what is wrong, and makes nothing' -ForEach @(
        @{ Name = 'an unknown id'; From = '20260101-000000-0000000'; Code = 'JobNotFound' }
        @{ Name = 'an unknown part of an id'; From = 'zzzzzz'; Code = 'JobNotFound' }
        @{ Name = 'a part that several have'; From = '20'; Code = 'InvalidRequest' }
    ) {
        $null = $job | New-SeedanceVideo
        $result = Invoke-Collected { New-SeedanceVideo -From $From }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0] | Get-ErrorCode | Should -Be $Code
        @(Get-SeedanceJob).Count | Should -Be 2
    }

    It 'names what another provider cannot take' {
        $null = Start-SeedanceSimulator -SetEnvironment
        $made = New-SeedanceVideo 'a fox' -Provider BytePlus -Model seedance-2.0 -Resolution 480p -Option @{ watermark = $true }
        ($made | New-SeedanceVideo).Request.Options['watermark'] | Should -BeTrue
        $result = Invoke-Collected { $made | New-SeedanceVideo -Provider Fal }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0].ErrorDetails.Message | Should -Match 'watermark'
        $result.Output.Count | Should -Be 0
        ($made | New-SeedanceVideo -Provider Fal -Option @{} -AspectRatio 16:9).Model | Should -Be 'seedance-2.0'
    }

    It 'prices a job as a request' {
        $price = $job | Measure-SeedanceVideo
        $price.Provider | Should -Be 'Simulator'
        $price.Cost | Should -Be $job.EstimatedCost.Amount
    }
}
