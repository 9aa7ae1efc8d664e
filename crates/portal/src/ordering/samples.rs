//! The sample account, instance and Core: what [`Portal::seed_demo`] adds besides the sample project.

use jiff::{SignedDuration, Timestamp};

use crate::CoreState;
use crate::Error;
use crate::NewArtifact;
use crate::NewEntitled;
use crate::NewPackage;
use crate::NewRelease;
use crate::Portal;
use crate::Result;

/// The slug of the sample account and the name of the sample instance.
const NAME: &str = "demo";

/// The sample account's user.
pub const DEMO_EMAIL: &str = "ada@demo.example";

/// The password of the sample user, and of the sample instance's `admin`.
pub const DEMO_PASSWORD: &str = "demo-password";

const MOTION: &str = "motion-control";
const VISION: &str = "vision";

impl Portal {
    /// Adds the sample account, unless it is there: licenses of several statuses, and packages.
    pub(crate) fn seed_account(&self) -> Result<()> {
        if self.storage().account(NAME)?.is_some()
            || taken(self.add_user(NAME, DEMO_EMAIL, DEMO_PASSWORD, false))?
        {
            return Ok(());
        }
        let now = Timestamp::now();
        let in_days = |days: i64| now + SignedDuration::from_hours(days * 24);
        let add = |name: Option<&str>, expires, codes: &[&str], max_machines| {
            let entitlements = codes.iter().map(|code| (*code).to_owned()).collect();
            let new = NewEntitled { name: name.map(str::to_owned), expires, entitlements, max_machines };
            self.add_license(NAME, DEMO_EMAIL, new)
        };
        let cell = add(Some("cell-07"), Some(in_days(200)), &[MOTION, VISION], Some(1))?;
        self.add_machine(cell.expose(), "5c:1f:0a:77:21:e0", "cell-07.plant.example", Some(now))?;
        add(Some("lab-bench"), Some(in_days(2)), &[MOTION], Some(3))?;
        let retired = add(Some("retired-line"), Some(in_days(90)), &[], None)?;
        self.set_suspended(retired.expose(), true)?;
        add(None, None, &[VISION], None)?;
        packages().iter().try_for_each(|package| self.add_package(NAME, package))
    }

    /// Adds the sample instance with a token, and the state of a Core, unless the instance is there.
    pub(crate) fn seed_instance(&self) -> Result<()> {
        if self.storage().instance(NAME)?.is_some() || taken(self.add_instance(NAME, "admin", DEMO_PASSWORD))?
        {
            return Ok(());
        }
        // Wherever it will be served: the address is not chosen yet.
        let token = self.instance_token(NAME, None, Some("http://**/instances/demo"))?;
        self.apply_instance_token(NAME, &token)?;
        self.set_core(Some(&CoreState {
            online: true,
            packages: [("core", "4.4.2"), (MOTION, "2.1.0")]
                .map(|(name, at)| (name.into(), at.into()))
                .into(),
            entitlements: vec![MOTION.to_owned(), VISION.to_owned()],
        }))
    }
}

/// Whether another process has added it in this moment: that one goes on with the rest.
fn taken<T>(added: Result<T>) -> Result<bool> {
    match added {
        Ok(_) => Ok(false),
        Err(Error::Taken { .. }) => Ok(true),
        Err(other) => Err(other),
    }
}

fn packages() -> [NewPackage; 3] {
    [
        package("core", "Core", None, &[("4.4.2", "stable"), ("4.5.0-rc.1", "rc")]),
        package(MOTION, "Motion control", Some(MOTION), &[("2.1.0", "stable")]),
        package(VISION, "Vision", Some(VISION), &[("0.9.0-beta.3", "beta")]),
    ]
}

fn package(key: &str, name: &str, entitlement: Option<&str>, releases: &[(&str, &str)]) -> NewPackage {
    let releases = releases.iter().map(|(version, channel)| NewRelease {
        name: Some(format!("{name} {version}")),
        version: (*version).to_owned(),
        channel: (*channel).to_owned(),
        status: "PUBLISHED".to_owned(),
        tag: None,
        artifacts: vec![NewArtifact {
            filename: format!("{key}-{version}.tar.gz"),
            filetype: Some("tar.gz".to_owned()),
            filesize: Some(18_874_368),
            platform: Some("linux".to_owned()),
            arch: Some("amd64".to_owned()),
            checksum: None,
        }],
    });
    NewPackage {
        key: key.to_owned(),
        name: name.to_owned(),
        engine: Some("oci".to_owned()),
        entitlement: entitlement.map(str::to_owned),
        releases: releases.collect(),
    }
}
