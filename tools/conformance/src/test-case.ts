/** One test case of the OCA's compliance testing tool with the CSMS as the system under test. */
export interface TestCase {
  /** TC_<id>_CSMS. */
  id: string;
  profile: string;
  title: string;
}
