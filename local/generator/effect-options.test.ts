import { describe, expect, it } from 'vitest';
import { parseEffects } from './effect-options.ts';
import { UsageError } from './usage-error.ts';

describe('parseEffects', () => {
  it('reads every kind, whatever the case and blanks of its members', () => {
    const texts = [
      'category,category=network failure,times=2,state=tx',
      'resolution,share=0.4,channel=web_form,experience=INTERN',
      'slower,times=1.5,category=Router-Delivery,state=AA',
      'complaints,state=OH,times=0.5',
      'spike,channel=sms,day=2025-11-21,hour=12,category=Payments,share=1',
      'spike,channel=call_centre,day=2025-11-20,category=Payments,share=0.2,opened=2025-06-01..2025-07-01',
    ];
    expect(parseEffects(texts)).toEqual({
      categoryShares: [{ category: 'Network Failure', multiplier: 2, state: 'TX' }],
      resolutionShares: [{ share: 0.4, source: 'web_forms', experience: 'intern' }],
      slowdowns: [{ times: 1.5, category: 'Router Delivery', state: 'AA' }],
      complainers: [{ state: 'OH', times: 0.5 }],
      spikes: [
        { source: 'sms', partitionDate: '2025-11-21', partitionHour: 12, category: 'Payments', share: 1 },
        {
          source: 'call_logs',
          partitionDate: '2025-11-20',
          category: 'Payments',
          share: 0.2,
          opened: { from: '2025-06-01T00:00:00Z', to: '2025-07-01T00:00:00Z' },
        },
      ],
    });
  });

  it('gives nothing for nothing', () => {
    expect(parseEffects([])).toBeUndefined();
    expect(parseEffects(undefined)).toBeUndefined();
  });

  it.each([
    ['faster,times=2', /begins with one of category, resolution, slower, complaints, spike/u],
    ['category,category=Payments', /times= is missing/u],
    ['category,times=2', /category= is missing/u],
    ['category,category=Billing,times=2', /no category Billing; there are Technician Support/u],
    ['category,category=Payments,times=2,experience=Senior', /"experience=Senior" is not one of category=/u],
    ['resolution,share=1.2', /share is a number from 0 to 1/u],
    ['resolution,share=0.2,share=0.3', /each once/u],
    ['slower,times=many', /times is a number/u],
    ['complaints,times=2', /state= is missing/u],
    ['complaints,state=XX,times=2', /no state XX/u],
    ['spike,channel=web_form,day=tomorrow,category=Payments,share=1', /2025-11-21/u],
    ['spike,channel=web_form,day=2025-11-21,hour=3,category=Payments,share=1', /only sms/u],
    ['spike,day=2025-11-21,category=Payments,share=1', /channel= is missing/u],
  ])('refuses %s', (text, message) => {
    expect(() => parseEffects([text])).toThrow(UsageError);
    expect(() => parseEffects([text])).toThrow(message);
  });
});
