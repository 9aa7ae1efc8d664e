//! Which points `cargo xtask faults` tries.

use std::ffi::OsString;

use clap::Args;

/// A choice of points; all of them where nothing is chosen.
#[derive(Debug, Default, Args)]
pub struct FaultPoints {
    /// Try at most this many points of each operation, chosen evenly
    #[arg(long, value_name = "NUMBER")]
    pub each: Option<usize>,
    /// Try only operations whose names contain this
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Try only points whose descriptions contain this
    #[arg(long, value_name = "WORDS")]
    pub at: Option<String>,
    /// Try this many operations at the same time [default: one for each core]
    #[arg(long, value_name = "NUMBER")]
    pub workers: Option<usize>,
}

impl FaultPoints {
    /// The arguments that choose the same points.
    pub fn arguments(&self) -> Vec<OsString> {
        let number = |number: Option<usize>| number.map(|number| number.to_string());
        let all = [
            ("--each", number(self.each)),
            ("--only", self.only.clone()),
            ("--at", self.at.clone()),
            ("--workers", number(self.workers)),
        ];
        let given = all.into_iter().filter_map(|(name, value)| Some([name.into(), value?.into()]));
        given.flatten().collect()
    }
}
