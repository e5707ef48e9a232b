//! Policies of resources.

use super::*;

#[tokio::test]
async fn a_parameter_decides_whether_a_thing_outlives_its_stack() {
    for (policy, left) in [("Retain", 1), ("Delete", 0)] {
        let bench = bench();
        let template = format!(
            "Transform: AWS::LanguageExtensions\nParameters: {{P: {{Type: String, Default: {policy}}}}}\nResources:\n{}    DeletionPolicy: !Ref P\n",
            thing("A", "1")
        );
        let deployment = Deployment {
            template,
            ..deployment("")
        };
        let progress = Progress::none();
        bench.stacks.deploy(&deployment, &progress).await.unwrap();
        bench.stacks.delete("s", &progress).await.unwrap();
        assert_eq!(bench.things.things().len(), left);
    }
}
