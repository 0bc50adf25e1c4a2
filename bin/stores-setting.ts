/** The settings of commands that open what a backend keeps, and do not listen. */
export const storesSetting = (name: string): boolean => /^(data$|hbase|webhdfs|kerberos)/.test(name);
