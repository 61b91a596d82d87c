/** What @types/google-apps-script 2.0.13 lacks (platform.md section 10). */
declare namespace GoogleAppsScript {
  namespace URL_Fetch {
    interface URLFetchRequestOptions {
      timeoutSeconds?: number
    }
    interface URLFetchRequest {
      timeoutSeconds?: number
    }
  }
}
