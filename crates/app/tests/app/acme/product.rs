//! The presses of the Acme works: their env file, what to do with it, whom to write to, and how their keys look.

use license::file::{EnvFile, Format};
use vendors::{FileRule, NextCommand, ProductForms, SecretSign, Step, StepWhen, Text};

pub(super) const PRESS: ProductForms = ProductForms {
    files: &[FileRule {
        next: Some(|file| NextCommand {
            command: format!("press load {}", file.word),
            pickup: None,
            snippets: Vec::new(),
        }),
        ..FileRule::named(Format::Env(&ENV), "press.env", "press-{license}.env")
    }],
    steps: &[Step {
        id: "leaked",
        when: StepWhen::License,
        title: text("Have the ingot melted."),
        mail: "porter@acme.example",
        subject: text("A stolen ingot"),
        body: text("Please melt {license}."),
    }],
    ..ProductForms::titled("acme", text("Acme press"))
};

const ENV: EnvFile = EnvFile { word: "env-press", variable: "PRESS_INGOT", beside: None };

pub(super) const INGOT: SecretSign = SecretSign::Begins { with: "ingot-", length: 12 };

const fn text(english: &'static str) -> Text {
    Text { key: english, english }
}
