namespace FieldNet.Bedside.Patients;

/// <summary>What makes one synthesised patient differ from the next.</summary>
internal sealed record PatientProfile
{
    public required int AgeYears { get; init; }

    public required double HeartRatePerMinute { get; init; }

    /// <summary>Relative standard deviation of RR in the band of 0.1 Hz.</summary>
    public required double LowFrequencyVariability { get; init; }

    /// <summary>Relative standard deviation of RR that follows respiration.</summary>
    public required double HighFrequencyVariability { get; init; }

    public required double BreathsPerMinute { get; init; }

    public required double SystolicMmHg { get; init; }

    public required double DiastolicMmHg { get; init; }

    public required double OxygenSaturationPercent { get; init; }

    public required double TemperatureCelsius { get; init; }

    public required double EndTidalCo2MmHg { get; init; }

    /// <summary>Frontal axis of the QRS complex.</summary>
    public required double AxisDegrees { get; init; }

    public required double EctopicBeatsPerMinute { get; init; }

    /// <summary>Intubated: the bed has a CO2 waveform and a regular breath.</summary>
    public required bool Ventilated { get; init; }

    public static PatientProfile Draw(Random random)
    {
        int age = (int)random.Between(24, 88);
        double systolic = random.Between(102, 148);
        return new()
        {
            AgeYears = age,
            HeartRatePerMinute = random.Between(62, 104),
            // Heart-rate variability shrinks with age and illness.
            LowFrequencyVariability = 0.035 - 0.0003 * (age - 24),
            HighFrequencyVariability = 0.030 - 0.00025 * (age - 24),
            BreathsPerMinute = random.Between(13, 22),
            SystolicMmHg = systolic,
            DiastolicMmHg = systolic * random.Between(0.50, 0.60),
            OxygenSaturationPercent = random.Between(94.5, 99),
            TemperatureCelsius = random.Between(36.4, 38.1),
            EndTidalCo2MmHg = random.Between(34, 43),
            AxisDegrees = random.Between(25, 70),
            EctopicBeatsPerMinute = random.NextDouble() < 0.3 ? random.Between(0.5, 4) : 0,
            Ventilated = random.NextDouble() < 0.5,
        };
    }
}
