//! The Amazon States Language: whatever definition, on whatever input.

use landline_states::fuzzing::walk;

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "state-machines",
    run,
    seeds: &[
        br#"{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$.a[0]","b.$":"States.Format('{} {}', $.a, $$.Execution.Input)"},"ResultPath":"$.r.s","Next":"B"},"B":{"Type":"Succeed","OutputPath":"$..a"}}}"#,
        b"{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"And\":[{\"Variable\":\"$.n\",\"NumericGreaterThan\":1},{\"Not\":{\"Variable\":\"$.s\",\"StringMatches\":\"a*\"}}],\"Next\":\"D\"},{\"Variable\":\"$.t\",\"TimestampLessThanPath\":\"$.u\",\"Next\":\"D\"}],\"Default\":\"D\"},\"D\":{\"Type\":\"Fail\",\"ErrorPath\":\"$.e\",\"Cause\":\"c\"}}}\xff{\"n\":2,\"s\":\"b\",\"t\":\"2027-01-01T00:00:00Z\"}",
        b"{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"Items\":\"{% $states.input.a %}\",\"MaxConcurrency\":2,\"ItemSelector\":{\"v\":\"{% $states.context.Map.Item.Value %}\"},\"ItemProcessor\":{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":\"{% 1 + 1 %}\",\"End\":true}}},\"Assign\":{\"x\":\"{% $v %}\"},\"End\":true}}}\xff{\"a\":[1]}",
        b"{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\",\"Parameters\":{\"Payload\":{\"token.$\":\"$$.Task.Token\"}},\"TimeoutSecondsPath\":\"$.t\",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"BackoffRate\":1.5,\"MaxDelaySeconds\":9,\"JitterStrategy\":\"FULL\"}],\"Catch\":[{\"ErrorEquals\":[\"A\"],\"Next\":\"P\",\"ResultPath\":null}],\"Next\":\"P\"},\"P\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"X\",\"States\":{\"X\":{\"Type\":\"Pass\",\"Result\":1,\"End\":true}}}],\"ResultSelector\":{\"f.$\":\"$[0]\"},\"End\":true}}}\xff{\"t\":1}",
    ],
    words: &[
        "\"Type\":", "\"Pass\"", "\"Task\"", "\"Map\"", "\"Parallel\"", "\"Choice\"", "\"Wait\"",
        "\"StartAt\":", "\"States\":{", "\"Next\":\"A\"", "\"End\":true", "\"QueryLanguage\":\"JSONata\"",
        "\"Parameters\":{", "\"Assign\":{", "\"Output\":", "\"{% ", " %}\"", "$states.input",
        "\"a.$\":\"$", "$$.", "$.a", "..", "[*]", "[?(@.a>1)]", "[-1:]", "States.Array(",
        "States.JsonMerge($,$,false)", "States.ArrayRange(1,9,2)", "States.StringToJson('{}')",
        "States.MathRandom(1,2)", "States.Base64Decode('YQ==')", "\"ResultPath\":", "null",
        "\"Variable\":\"$.a\"", "\"IsPresent\":true", "\"StringMatches\":\"*\\\\*\"", "{\"Not\":",
        "\"Condition\":", "\"Retry\":[", "\"Catch\":[", "\"ErrorEquals\":[\"States.ALL\"]", "{", "}",
        "[", "]", ",", "\\", "'", "99999999999", "-1", "1e400", "\u{20ac}",
    ],
};

fn run(input: &[u8]) {
    let (definition, input) = two_texts(input);
    let input = serde_json::from_str(&input).unwrap_or_default();
    match walk(&definition, &input) {
        Ok(_) => {}
        Err(found) => {
            assert!(!found.is_empty(), "a refusal says why");
            assert!(
                found.iter().all(|(place, _)| place.starts_with('/')),
                "a refusal says where"
            );
        }
    }
}
