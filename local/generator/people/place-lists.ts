/** Places to draw from: states with their postal codes, territories, and the parts of street and city names. */

const split = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** The fifty states, as the agents' sheet spells them, with postal codes. */
export const STATES: readonly { readonly name: string; readonly code: string }[] = `
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida|GA Georgia
|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland
|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada
|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma
|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont
|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming`
  .split('|')
  .map((entry) => ({ code: entry.trim().slice(0, 2), name: entry.trim().slice(3) }));

/** What stands before the ZIP of a civil address: states, the capital district and the territories. */
export const CIVIL_CODES: readonly string[] = [
  ...STATES.map((state) => state.code),
  ...split('DC AS FM GU MH MP PW PR VI'),
];

/** Where military mail goes: Americas, Europe, Pacific. */
export const MILITARY_CODES = split('AA AE AP');

export const STREET_SUFFIXES = split(`
Alley Avenue Bend Boulevard Branch Bridge Brook Bypass Canyon Causeway Circle Corner Course Court Cove Creek Crescent
Crossing Curve Dale Divide Drive Estate Expressway Extension Falls Field Flat Ford Forest Fork Freeway Garden Gateway Glen
Green Grove Harbor Haven Heights Highway Hill Hollow Island Junction Key Knoll Lake Landing Lane Light Loaf Lodge Loop
Mall Manor Meadow Mill Mission Motorway Mount Mountain Neck Oval Park Parkway Pass Passage Path Pike Pine Place Plain Plaza
Point Port Prairie Ramp Ranch Rapid Rest Ridge River Road Route Run Shoal Shore Skyway Spring Square Station Stravenue
Stream Street Summit Terrace Throughway Trace Track Trail Tunnel Turnpike Union Valley Via View Village Vista Walk Way Well`);

export const CITY_PREFIXES = split('North South East West New Lake Port');
export const CITY_SUFFIXES = split(
  'berg borough burgh bury chester fort furt haven land mouth port shire side stad ton town view ville',
);
