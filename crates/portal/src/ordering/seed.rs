use crate::Portal;
use crate::Result;
use crate::order::{AidboxVersion, FhirVersion, Goal, Hosting, Name, Order, SECONDS_A_DAY, Tier};
use crate::ordering::issue;
use crate::portal::now;

/// The name of the project that [`Portal::seed_demo`] fills.
pub const DEMO_PROJECT: &str = "demo";

struct Sample {
    name: &'static str,
    tier: Tier,
    goal: Option<Goal>,
    hosting: Hosting,
    sandbox: Option<(AidboxVersion, FhirVersion)>,
    /// How many days ago it was issued, so that the expiring types show every status.
    days_old: i64,
}

const LATEST: Option<(AidboxVersion, FhirVersion)> = Some((AidboxVersion::Latest, FhirVersion::V401));
const EDGE: Option<(AidboxVersion, FhirVersion)> = Some((AidboxVersion::Edge, FhirVersion::V500));

#[rustfmt::skip]
const SAMPLES: &[Sample] = &[
    Sample { name: "clinic-dev", tier: Tier::Development, goal: Some(Goal::Development), hosting: Hosting::SelfHosted, sandbox: None, days_old: 120 },
    Sample { name: "clinic-prod", tier: Tier::Production, goal: None, hosting: Hosting::SelfHosted, sandbox: None, days_old: 2 },
    Sample { name: "pipeline", tier: Tier::Ci, goal: Some(Goal::Development), hosting: Hosting::SelfHosted, sandbox: None, days_old: 1 },
    Sample { name: "try-fhir-r4", tier: Tier::Development, goal: Some(Goal::Evaluation), hosting: Hosting::Sandbox, sandbox: LATEST, days_old: 9 },
    Sample { name: "showroom", tier: Tier::Production, goal: Some(Goal::Evaluation), hosting: Hosting::Sandbox, sandbox: EDGE, days_old: 11 },
    Sample { name: "nightly-sandbox", tier: Tier::Ci, goal: Some(Goal::Research), hosting: Hosting::Sandbox, sandbox: EDGE, days_old: 0 },
    Sample { name: "aws-dev", tier: Tier::Development, goal: Some(Goal::Research), hosting: Hosting::Aws, sandbox: None, days_old: 40 },
    Sample { name: "aws-prod", tier: Tier::Production, goal: None, hosting: Hosting::Aws, sandbox: None, days_old: 20 },
    Sample { name: "aws-ci", tier: Tier::Ci, goal: None, hosting: Hosting::Aws, sandbox: None, days_old: 5 },
];

impl Portal {
    /// Fills the portal with samples of everything it plays, where they are not there: the project [`DEMO_PROJECT`]
    /// with a license of every type and hosting, an account `demo`, an instance `demo` and a Core.
    pub fn seed_demo(&self) -> Result<()> {
        self.seed_project()?;
        self.seed_account()?;
        self.seed_instance()
    }

    fn seed_project(&self) -> Result<()> {
        let project = self.project_named(DEMO_PROJECT)?;
        if !self.storage().licenses(&project)?.is_empty() {
            return Ok(());
        }
        let now = now();
        let drafts = SAMPLES.iter().map(|sample| {
            let name = Name::parse("license", sample.name)?;
            let Sample { tier, goal, hosting, sandbox, .. } = *sample;
            let order = Order { name, tier, goal, hosting, sandbox };
            issue::draft(&project, order, now - sample.days_old * SECONDS_A_DAY)
        });
        self.storage().add_licenses(&project, drafts)
    }
}
