//! Accessibility, as axe-core sees it.

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::WebDriver;
use xtask::repository;

/// One rule that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// The rule, by axe-core's name.
    pub id: String,
    /// What the rule asks for.
    pub help: String,
    /// The elements that break it, as selectors, with axe-core's remark on each.
    pub nodes: Vec<String>,
}

/// Which rules to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Every rule of WCAG 2.2 A and AA.
    All,
    /// Those that depend on color alone: the others are the same in the dark as in the light.
    Contrast,
}

/// Every violation of these rules in the page as it is now.
pub(crate) async fn violations(driver: &WebDriver, rules: Rules) -> anyhow::Result<Vec<Violation>> {
    let is_there: bool = driver.execute("return 'axe' in window", vec![]).await?.convert()?;
    if !is_there {
        let axe = repository::path("ui/node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&axe).with_context(|| format!("could not read {}", axe.display()))?;
        // What WebDriver executes is not bound by the page's content security policy.
        driver.execute(axe, vec![]).await?;
    }
    let only = match rules {
        Rules::All => {
            json!({"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        }
        Rules::Contrast => json!({"type": "rule", "values": ["color-contrast", "link-in-text-block"]}),
    };
    let answer = driver.execute_async(RUN, vec![only]).await?;
    let found = answer.json().clone();
    match found.get("error") {
        Some(error) => anyhow::bail!("axe-core failed: {error}"),
        None => Ok(serde_json::from_value(found)?),
    }
}

const RUN: &str = r#"
const [runOnly, done] = arguments;
axe.run(document, { runOnly, resultTypes: ['violations'] })
  .then((report) => done(report.violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }))))
  .catch((error) => done({ error: String(error) }));
"#;
